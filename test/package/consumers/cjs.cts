import recobro = require('recobro');
import channels = require('recobro/channels');
import engine = require('recobro/engine');
import stores = require('recobro/stores/postgres');

const documents = recobro.presets.balanced({ zone: 'Europe/Madrid', language: 'es' });
const compiled = engine.compile({ plan: documents.plan, policies: documents.policies });
const next: number | undefined = engine.decide(compiled, engine.emptyFile('a'), Date.UTC(2026, 2, 3)).next;
const error: unknown = new recobro.RecobroError('invalid_input', 'x');
if (next !== undefined || !recobro.isRecobroError(error, 'invalid_input'))
  throw new Error('the package does not behave');
if (!stores.migrationSql({}).includes('CREATE TABLE')) throw new Error('no migrations');
if (!channels.callbackKey({ tenant: 't', key: 'a' }).endsWith(':a')) throw new Error('no channels');
console.log('cjs ok');
