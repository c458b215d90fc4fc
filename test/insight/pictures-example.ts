import { writeFileSync } from 'node:fs';
import { policyText, policyTimeline, previewPage } from 'recobro/insight';
import { presets } from 'recobro/policy';

const documents = presets.balanced({ zone: 'America/Bogota', language: 'es' });

// The picture, wide and narrow, and what it says in words.
writeFileSync('balanced.svg', policyTimeline(documents, { theme: 'light' }));
writeFileSync('balanced-narrow.svg', policyTimeline(documents, { layout: 'narrow' }));
console.log(policyText(documents));

// One page with the picture and every message in every language and channel.
const sender = { name: 'Acme', phone: '+57 601 555 0100', pay: 'https://pay.acme.example' };
writeFileSync('balanced.html', previewPage(documents, { title: 'Our reminders', sender }));
