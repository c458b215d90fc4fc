import type { Message, Messages } from '../types.js';
import type { Get } from './keys.js';
import type { MessageId } from './messages.js';
import type { IsLiteral, Problem, Quoted } from './problem.js';

/** An approved template and what fills its placeholders: variables in order, or by the template's own names. */
export interface TemplateEntry {
  readonly name: string;
  readonly language: string;
  readonly parameters?: readonly string[] | Readonly<Record<string, string>> | undefined;
}

/** Which approved template a message goes out as: by message id, then language; one for both forms or one for each. */
export type TemplateEntries = Readonly<
  Record<
    string,
    Readonly<
      Record<
        string,
        | TemplateEntry
        | { readonly one?: TemplateEntry | undefined; readonly many?: TemplateEntry | undefined }
      >
    >
  >
>;

type MessageOf<M extends Messages, Id> = Extract<M['messages'][number], { readonly id: Id }>;

/** Languages of a message's WhatsApp texts. */
type LanguagesOf<One extends Message> = {
  [Language in keyof One['text']]: One['text'][Language] extends { readonly whatsapp: unknown }
    ? Language
    : never;
}[keyof One['text']] &
  string;

/** Languages whose texts a key of the mapping is asked for: `es` also for `es-MX`. */
type Served<Languages extends string, Key extends string> = Languages extends Key | `${Key}-${string}`
  ? Languages
  : never;

type Trimmed<Text extends string> = Text extends ` ${infer Rest}` | `${infer Rest} ` ? Trimmed<Rest> : Text;
type VariablesOf<Text, Found extends string = never> = Text extends `${string}{{${infer Tag}}}${infer Rest}`
  ? VariablesOf<Rest, Trimmed<Tag> extends `!${string}` ? Found : Found | Trimmed<Tag>>
  : Found;

type FormOf<Variant, Form extends 'one' | 'many'> = Variant extends string ? Variant : Get<Variant, Form>;

/** Variables with which a form of a text is sent; any where the text is not known at compile time. */
type Sent<Variant, Form extends 'one' | 'many'> =
  IsLiteral<FormOf<Variant, Form>> extends true ? VariablesOf<FormOf<Variant, Form>> : string;

type CheckedParameter<Name, Variables> = Name extends string
  ? IsLiteral<Name> extends false
    ? unknown
    : string extends Variables
      ? unknown
      : Name extends Variables
        ? unknown
        : Problem<`the text has no {{${Name}}} to send`>
  : unknown;

type CheckedEntry<Value, Variables> = {
  readonly [Key in keyof Value]: Key extends 'parameters'
    ? { readonly [Name in keyof Value[Key]]: CheckedParameter<Value[Key][Name], Variables> }
    : Key extends 'name' | 'language'
      ? unknown
      : Problem<`unknown key ${Quoted<Key>}`>;
};

type CheckedForms<Value, Variant> = Value extends { readonly name: unknown }
  ? CheckedEntry<Value, Extract<Sent<Variant, 'one'>, Sent<Variant, 'many'>>>
  : {
      readonly [Form in keyof Value]: Form extends 'one' | 'many'
        ? CheckedEntry<Value[Form], Sent<Variant, Form>>
        : Problem<`${Quoted<Form>} is no form of a message; write one or many`>;
    };

type TextOf<One extends Message, Language extends string> = Get<
  One['text'][Language & keyof One['text']],
  'whatsapp'
>;

type CheckedLanguages<Value, One extends Message> = {
  readonly [Key in keyof Value]: string extends LanguagesOf<One>
    ? unknown
    : [Served<LanguagesOf<One>, Key & string>] extends [never]
      ? Problem<`the message has no WhatsApp text in ${Quoted<Key>}`>
      : CheckedForms<Value[Key], TextOf<One, Served<LanguagesOf<One>, Key & string>>>;
};

/** Requires of a mapping that its messages, languages and variables are those of the catalogue. */
export type CheckedTemplates<Value, M extends Messages> = {
  readonly [Id in keyof Value]: string extends MessageId<M>
    ? unknown
    : Id extends MessageId<M>
      ? CheckedLanguages<Value[Id], MessageOf<M, Id>>
      : Problem<`there is no message ${Quoted<Id>}`>;
};
