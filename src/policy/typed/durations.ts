import type { IsLiteral, Problem, Quoted } from './problem.js';

type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';

type Digits<Text extends string> = Text extends Digit
  ? true
  : Text extends `${Digit}${infer Rest}`
    ? Digits<Rest>
    : false;

type CountOf<Text extends string, Unit extends string> = Text extends `${infer Count}${Unit}`
  ? Digits<Count>
  : false;

/** Requires a duration of one of the units; `bd` is tried before `d`, whose count it would otherwise spoil. */
export type CheckedDuration<Text, Unit extends string, Example extends string> =
  IsLiteral<Text> extends false
    ? unknown
    : Text extends string
      ? true extends { [U in Unit]: CountOf<Text, U> }[Unit]
        ? unknown
        : Problem<`${Quoted<Text>} is no duration such as ${Example}`>
      : unknown;

/** What moves a date. */
export type DayOffset<Text> = CheckedDuration<Text, 'd' | 'bd' | 'w' | 'mo', '10d, 2bd, 2w or 1mo'>;
/** Days that are counted one by one. */
export type Days<Text> = CheckedDuration<Text, 'd', '2d'>;
/** Days or hours between contacts, or none. */
export type GapLength<Text> = Text extends 'none'
  ? unknown
  : CheckedDuration<Text, 'd' | 'h', '2d, 36h or none'>;
/** What a clock or a calendar measures. */
export type Span<Text> = CheckedDuration<Text, 'd' | 'h' | 'min', '2d, 24h or 90min'>;
