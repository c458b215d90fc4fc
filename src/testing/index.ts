/** Doubles, stand-ins and contract suites for hosts' own tests. Imports no test runner. */

export type { Scenario, ScenarioFile, ScenarioGiven, ScenarioStep } from '../schema/index.js';
export {
  type CarriedAlong,
  type ChannelContractOptions,
  type ChannelFactory,
  type ChannelSituation,
  type ChannelUnderTest,
  channelContract,
} from './channel-contract.js';
export { type DocumentsUnderTest, documentContract } from './document-contract.js';
export type { FakeBehaviour, FakeProvider, FakeProviderOptions, FakeRequest } from './fake-provider.js';
export { type FakeTwilioOptions, startFakeTwilio } from './fake-twilio.js';
export {
  type FakeUpload,
  type FakeWhatsapp,
  type FakeWhatsappOptions,
  startFakeWhatsapp,
} from './fake-whatsapp.js';
export { idSequence } from './id-sequence.js';
export {
  type LedgerContractOptions,
  type LedgerUnderTest,
  ledgerContract,
} from './ledger-contract.js';
export { type PaymentsUnderTest, paymentContract } from './payment-contract.js';
export { type QueueUnderTest, queueContract } from './queue-contract.js';
export { type RecordingChannel, recordingChannel } from './recording-channel.js';
export {
  assertScenario,
  type Mismatch,
  parseScenario,
  reportText,
  runScenario,
  runScenarioFile,
  ScenarioError,
  type ScenarioFailure,
  type ScenarioOptions,
  type ScenarioReport,
  type StepTrace,
  scenarioSchema,
} from './scenario/index.js';
export {
  type MailWebhookFixture,
  type PostmarkWebhookFixture,
  type ResendWebhookFixture,
  type SendgridWebhookFixture,
  signPostmarkWebhook,
  signResendWebhook,
  signSendgridWebhook,
} from './sign-mail-webhooks.js';
export {
  signTwilioWebhook,
  signWhatsappWebhook,
  type TwilioWebhookFixture,
  type WhatsappWebhookFixture,
} from './sign-webhooks.js';
export {
  type CaughtMail,
  type SmtpCatcher,
  type SmtpCatcherOptions,
  startSmtpCatcher,
} from './smtp-catcher.js';
export * from './store-contract.js';
export { type VirtualClock, virtualClock } from './virtual-clock.js';
export {
  type WebhookExample,
  type WebhookFactory,
  type WebhookUnderTest,
  webhookContract,
} from './webhook-contract.js';
