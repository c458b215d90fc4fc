import { expect, it } from 'vitest';
import { parsers } from './parsers.js';

/** The short form of `npm run fuzz`: some three thousand inputs. */
const shortOf = (inputs: number): number => Math.min(250, Math.max(20, Math.ceil(inputs / 400)));

it.each(parsers.map((make) => make()).map((parser) => [parser.name, parser] as const))(
  '%s takes any input',
  async (_, parser) => {
    expect(await parser.run(shortOf(parser.inputs), 20_261_122)).toBeUndefined();
  },
);
