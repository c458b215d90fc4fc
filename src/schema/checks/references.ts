import { answerAbouts, answerCauses } from '../../policy/answers.js';
import type { MessageAbout } from '../../policy/types.js';
import type { Cursor } from '../cursor.js';
import { hint } from '../nearest.js';
import { checkAdjusted, checkAgreed, checkMapped, checkProposals } from './links.js';
import { checkNames } from './names.js';

/** What plan, policies and messages say of each other. */
export function checkReferences(documents: Cursor, channels: readonly string[] | undefined): void {
  const policies = documents.at('policies').items();
  const policyIds = policies.flatMap((policy) => policy.at('id').text() ?? []);
  const plan = documents.at('plan');
  for (const at of policiesNamed(plan)) {
    const id = at.text();
    if (id !== undefined && !policyIds.includes(id)) {
      at.report('unknown_reference', `there is no policy ${JSON.stringify(id)}${hint(id, policyIds)}`);
    }
  }
  checkVersions(policies);
  checkMapped(policies);
  checkAdjusted(plan, policies);
  checkProposals(plan, policies);
  checkAgreed(plan, policies);
  checkSends(documents, policies);
  checkNames(plan, policies);
  if (channels !== undefined) checkChannels(plan, policies, channels);
}

/** Where a plan names policies. */
function policiesNamed(plan: Cursor): readonly Cursor[] {
  const { experiments, rest } = {
    experiments: plan.at('experiments').items(),
    rest: [...plan.at('assign').items(), ...plan.at('adjust').items()],
  };
  const arms = experiments.flatMap((experiment) => experiment.at('arms').items());
  return [plan.at('default'), ...[...rest, ...arms].map((one) => one.at('policy'))];
}

/** One document per policy id and version; older versions may stand beside the newest for cases that run on them. */
function checkVersions(policies: readonly Cursor[]): void {
  const first = new Map<string, string>();
  for (const policy of policies) {
    const id = policy.at('id').text();
    const version = policy.at('version').number();
    if (id === undefined || version === undefined) continue;
    const key = `${id} ${version}`;
    const before = first.get(key);
    if (before === undefined) first.set(key, policy.path);
    else
      policy
        .at('id')
        .report('duplicate_id', `${before} has the same id and version; raise the version or rename`);
  }
}

function checkSends(documents: Cursor, policies: readonly Cursor[]): void {
  const about = new Map<string, string | undefined>();
  for (const message of documents.at('messages').at('messages').items()) {
    const id = message.at('id').text();
    if (id !== undefined) about.set(id, message.at('about').text());
  }
  const known = [...about.keys()];
  const check = (send: Cursor, wanted: MessageAbout, place: string): void => {
    const at = send.at('send');
    const id = at.text();
    if (id === undefined) return;
    const found = about.get(id);
    if (!about.has(id))
      at.report('unknown_reference', `there is no message ${JSON.stringify(id)}${hint(id, known)}`);
    else if (found !== undefined && found !== wanted) {
      at.report(
        'wrong_about',
        `the message ${JSON.stringify(id)} is about "${found}"; ${place} needs one about "${wanted}"`,
      );
    }
  };
  for (const policy of policies) {
    for (const stage of policy.at('stages').items()) {
      for (const action of stage.at('do').items()) check(action, 'items', 'a stage');
    }
    for (const cause of answerCauses)
      for (const send of policy.at('on').at(cause).items()) check(send, answerAbouts[cause], `on.${cause}`);
  }
}

function checkChannels(plan: Cursor, policies: readonly Cursor[], channels: readonly string[]): void {
  const contact = plan.at('contact');
  const places: Cursor[] = [];
  for (const policy of policies) {
    const sends = [
      ...policy
        .at('stages')
        .items()
        .flatMap((stage) => stage.at('do').items()),
      ...answerCauses.flatMap((cause) => policy.at('on').at(cause).items()),
    ];
    for (const via of [policy.at('via'), ...sends.map((send) => send.at('via'))]) {
      places.push(...via.items().map((place) => place.at('channel')));
    }
  }
  for (const adjustment of plan.at('adjust').items()) {
    for (const [, change] of adjustment.at('stages').entries())
      places.push(
        ...change
          .at('via')
          .items()
          .map((place) => place.at('channel')),
      );
  }
  for (const window of contact.at('windows').items()) places.push(...window.at('channels').items());
  for (const cap of contact.at('caps').items()) places.push(cap.at('channel'));
  for (const at of places) {
    const id = at.text();
    if (id !== undefined && !channels.includes(id)) {
      at.report('unknown_channel', `there is no channel ${JSON.stringify(id)}${hint(id, channels)}`);
    }
  }
  for (const [id, at] of [...contact.at('consent').entries(), ...contact.at('gaps').entries()]) {
    if (!channels.includes(id))
      at.report('unknown_channel', `there is no channel ${JSON.stringify(id)}${hint(id, channels)}`);
  }
}
