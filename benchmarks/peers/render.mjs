// The render step of a template engine from npm:
//   node render.mjs ENGINE TEMPLATE DATA OUTPUT
// DATA is a JSON list of contexts. Prints the milliseconds from the first report to the last one
// on disk, and those of the processor; three reports went before unmeasured.
// Options are the fastest that each manual offers. docxtemplater and docx-templates parse the
// template for each report, and carbone also reads it from disk: their interfaces keep nothing.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const [engine, template, data, output] = process.argv.slice(2);

// docxtemplater's own parser looks a tag up as one name, dots and all.
function flat(node, prefix = "", out = {}) {
  for (const [name, value] of Object.entries(node)) {
    if (value !== null && typeof value === "object" && !Array.isArray(value)) {
      flat(value, `${prefix}${name}.`, out);
    } else {
      out[prefix + name] = value;
    }
  }
  return out;
}

const engines = {
  docxtemplater() {
    const Docxtemplater = require("docxtemplater");
    const PizZip = require("pizzip");
    const content = fs.readFileSync(template);
    return {
      prepare: flat,
      render: (context) =>
        new Docxtemplater(new PizZip(content), { paragraphLoop: true, linebreaks: true })
          .render(context)
          .toBuffer(),
    };
  },
  carbone() {
    const carbone = require("carbone");
    return {
      prepare: (context) => context,
      render: (context) =>
        new Promise((resolve, reject) => {
          carbone.render(template, context, (error, result) =>
            error ? reject(error) : resolve(result),
          );
        }),
    };
  },
  "docx-templates"() {
    const { createReport } = require("docx-templates");
    const content = fs.readFileSync(template);
    return {
      prepare: (context) => context,
      render: (context) =>
        createReport({
          template: content,
          data: context,
          noSandbox: true,
          indentXml: false,
          processLineBreaksAsNewText: true,
        }),
    };
  },
};

const { prepare, render } = engines[engine]();
const contexts = JSON.parse(fs.readFileSync(data, "utf8")).map((context) => prepare(context));

async function write(number) {
  const name = `${String(number).padStart(4, "0")}.docx`;
  fs.writeFileSync(path.join(output, name), await render(contexts[number]));
}

for (let number = 0; number < Math.min(3, contexts.length); number += 1) await write(number);
const start = performance.now();
const used = process.cpuUsage();
for (let number = 0; number < contexts.length; number += 1) await write(number);
const { user, system } = process.cpuUsage(used);
console.log(performance.now() - start, (user + system) / 1e3);
