const languages = ['es', 'en', 'pt'];

/** Documents in code of so many stages and messages, with what each line may hold. */
export function longDocuments(stages: number, messages: number, module: string): string {
  const words = (index: number): string =>
    `Hello {{contact.name}}, message ${index} of {{sender.name}}: {{amount}}, due {{oldest.due}}. {{pay}} {{ask}}`;
  const texts = (index: number): string => `{
      whatsapp: '${words(index)}',
      sms: { one: '{{invoice.number}} {{amount}} {{due}} {{pay}}', many: '{{count}}: {{amount}} {{oldest.due}}' },
      email: { subject: '{{invoice.numbers}}', body: '${words(index)} {{#items}}| {{number}} | {{due}} |{{/items}}' },
    }`;
  const message = (index: number): string =>
    `{ id: 'm${index}', about: 'items', text: { ${languages.map((one) => `${one}: ${texts(index)}`).join(', ')} } },`;
  const stage = (index: number): string => `{
    id: 's${index}', tone: 'friendly', at: { from: 'due', plus: '${index + 1}d', businessDay: 'next' },
    when: { all: [
      { fact: 'item.dunnable', gte: { MXN: '${index}.00', USD: '5.00' } },
      { not: { fact: 'account.attributes.tier', eq: 'gold' } },
    ] },
    min: { amount: { MXN: '1.00' } },
    do: [
      { send: 'm${index % messages}', to: 'billing', via: [{ channel: 'whatsapp', patience: '24h' }, { channel: 'email' }] },
      { task: 'call', within: '2bd' },
    ],
  },`;
  const list = (count: number, of: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => of(index)).join('\n');
  return `import { defineDocuments, defineMessages, definePlan, definePolicy } from '${module}';
export const messages = defineMessages({ id: 'm', version: 1, messages: [
${list(messages, message)}
] });
export const policy = definePolicy({ id: 'p', version: 1, via: [{ channel: 'whatsapp' }], stages: [
${list(stages, stage)}
] });
export const plan = definePlan({
  id: 'x', version: 1, zone: 'UTC', default: 'p', roles: ['billing'],
  facts: { 'account.attributes.tier': ['gold', 'silver'] },
});
export const documents = defineDocuments({ plan, policies: [policy], messages });
`;
}
