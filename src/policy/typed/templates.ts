import type { MessageAbout } from '../types.js';
import type { ItemVariable, TextVariable } from '../variables.js';
import type { IsLiteral, Problem } from './problem.js';

/** Names of a text that serves one item and several. */
type Both<About extends MessageAbout> = TextVariable<About, 'many'> & TextVariable<About, 'one'>;

type Trimmed<Text extends string> = Text extends ` ${infer Rest}` | `${infer Rest} ` ? Trimmed<Rest> : Text;

/** Messages that know a variable, whatever this one is about. */
type AboutsOf<Name extends string> = {
  [Other in MessageAbout]: Name extends TextVariable<Other, 'one'> ? Other : never;
}[MessageAbout];

/** Why a text has no such variable. */
type NoVariable<Name extends string, About extends MessageAbout> =
  Name extends TextVariable<About, 'one'>
    ? Problem<`{{${Name}}} is of one item, and this text is for several too: write { one, many }`>
    : [AboutsOf<Name>] extends [never]
      ? Name extends ItemVariable<About>
        ? Problem<`{{${Name}}} is of a row: it stands between {{#items}} and {{/items}} only`>
        : Problem<`{{${Name}}} is no variable of this text`>
      : Problem<`{{${Name}}} is for messages about ${AboutsOf<Name>}; this one is about ${About}`>;

/** Walks the tags of a text; `Row` is the names within the items section, or never where there is no section. */
type CheckedText<
  Text,
  About extends MessageAbout,
  Names extends string,
  Row extends string,
  InRow extends boolean = false,
> =
  IsLiteral<Text> extends false
    ? unknown
    : Text extends `${string}{{${infer Tag}}}${infer Rest}`
      ? Trimmed<Tag> extends `!${string}`
        ? CheckedText<Rest, About, Names, Row, InRow>
        : Trimmed<Tag> extends '#items'
          ? [Row] extends [never]
            ? Problem<'only the body of an e-mail lists items; write the text as { one, many }'>
            : CheckedText<Rest, About, Names, Row, true>
          : Trimmed<Tag> extends '/items'
            ? CheckedText<Rest, About, Names, Row, false>
            : InRow extends true
              ? Trimmed<Tag> extends Row
                ? CheckedText<Rest, About, Names, Row, InRow>
                : Problem<`{{${Trimmed<Tag>}}} is no variable of a row`>
              : Trimmed<Tag> extends Names
                ? CheckedText<Rest, About, Names, Row, InRow>
                : NoVariable<Trimmed<Tag>, About>
      : unknown;

type CheckedVariant<Variant, About extends MessageAbout, Row extends string> = Variant extends string
  ? CheckedText<Variant, About, Both<About>, Row>
  : Variant extends { readonly one: infer One; readonly many: infer Many }
    ? {
        readonly one: CheckedText<One, About, TextVariable<About, 'one'>, Row>;
        readonly many: CheckedText<Many, About, TextVariable<About, 'many'>, Row>;
      }
    : unknown;

/** Requires that the texts of a language use variables that exist where they stand. */
export type CheckedTexts<Texts, About extends MessageAbout> = {
  readonly [Channel in keyof Texts]: Texts[Channel] extends {
    readonly subject: infer Subject;
    readonly body: infer Body;
  }
    ? {
        readonly subject: CheckedVariant<Subject, About, never>;
        readonly body: CheckedVariant<Body, About, ItemVariable<About>>;
      }
    : CheckedVariant<Texts[Channel], About, never>;
};
