import { parseArgs } from 'node:util';
import { generate } from './generate.ts';
import { FEWEST_ROWS, FEWEST_SELLERS } from './plan/cast.ts';

const help = `Usage: ./ge run examples/generate/main.ts [options]

Writes the input files of the demo, and expected.json with what must come of them.
The same options give the same bytes.

Options:
  --seed <number>     which world (default 7)
  --sellers <number>  sellers, at least ${FEWEST_SELLERS} (default 300)
  --rows <number>     rows of inventory-loader.txt, at least ${FEWEST_ROWS} (default 10240)
  --out <folder>      where to (default examples)
  --help              this text

Examples:
  ./ge run examples/generate/main.ts --seed 7 --sellers 300 --out examples
  ./ge run examples/generate/main.ts --sellers 3000 --rows 1000000 --out /tmp/large
`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '7' },
    sellers: { type: 'string', default: '300' },
    rows: { type: 'string', default: '10240' },
    out: { type: 'string', default: 'examples' },
    help: { type: 'boolean', default: false },
  },
});

/** A whole number of an option, or an end with one clear line. */
function wholeNumber(name: 'seed' | 'sellers' | 'rows', least: number): number {
  const written = values[name];
  const number = Number(written);
  if (/^\d{1,9}$/.test(written) && number >= least) return number;
  process.stderr.write(`--${name} takes a whole number of at least ${least}, not "${written}"\n`);
  process.exit(2);
}

if (values.help) {
  process.stdout.write(help);
} else {
  const wanted = {
    seed: wholeNumber('seed', 0),
    sellers: wholeNumber('sellers', FEWEST_SELLERS),
    rows: wholeNumber('rows', FEWEST_ROWS),
  };
  for (const { name, bytes } of await generate(wanted, values.out)) {
    process.stdout.write(`${name.padEnd(22)} ${(bytes / 1e6).toFixed(2).padStart(8)} MB\n`);
  }
}
