"""gxgen against openpyxl + docxtpl, docxtemplater, carbone and docx-templates; see __main__.py."""
