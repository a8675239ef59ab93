"""gxgen: checked, consistent 政府信息公开工作年度报告 from an Excel form."""

__version__ = "0.1.0"
