import type { OutboundMessage, TemplateParameter } from '../../src/channels/channel.js';

/** Tuesday 3 March 2026, 10:00 in Mexico City. */
export const now = Date.UTC(2026, 2, 3, 16);

const parameters: readonly TemplateParameter[] = [
  { name: 'name', value: 'Ana Robles' },
  { name: 'number', value: 'F-1001' },
  { name: 'total', value: '$1,250.00' },
];

/** A text message with everything in it. */
export function textMessage(more: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    key: 'exporter/inv-1#1/firm.1@billing.0',
    tenant: 'acme',
    account: 'robles',
    to: '+525512345678',
    toName: 'Ana Robles',
    message: 'firm',
    form: 'one',
    language: 'es-MX',
    content: {
      kind: 'text',
      text: 'Hola Ana Robles: la factura F-1001 por $1,250.00 sigue pendiente.',
      variables: Object.fromEntries(parameters.map(({ name, value }) => [name, value])),
      parameters,
    },
    thread: 'exporter/robles#1',
    ...more,
  };
}

/** The same by e-mail. */
export function mailMessage(more: Partial<OutboundMessage> = {}): OutboundMessage {
  return textMessage({
    to: 'ana.robles@cliente.example',
    content: {
      kind: 'email',
      subject: 'Factura F-1001: último aviso',
      text: 'Hola Ana,\n\n.la factura F-1001 por $1,250.00 sigue pendiente.\n.\nSaludos',
      html: '<p>Hola Ana,</p><p>la factura <b>F-1001</b> por $1,250.00 sigue pendiente.</p>',
    },
    ...more,
  });
}

/** A text message whose only parameter has this value. */
export function valueMessage(value: string): OutboundMessage {
  const content = {
    kind: 'text' as const,
    text: `Hola ${value}, gracias.`,
    variables: {},
    parameters: [{ name: 'v', value }],
  };
  return textMessage({ content });
}
