import type { Channel, OutboundMessage } from '../../src/channels/channel.js';
import type { ChannelSituation, ChannelUnderTest } from '../../src/testing/channel-contract.js';
import type { FakeBehaviour, FakeProvider, FakeRequest } from '../../src/testing/fake-provider.js';

/** Codes of a provider for the situations of the contract. */
export interface SituationCodes {
  readonly throttled: number;
  readonly refused: number;
  readonly bad_address: number;
  readonly misconfigured: number;
}

/** A bench of the channel contract on a stand-in of the provider. */
export async function providerBench(
  situation: ChannelSituation,
  codes: SituationCodes,
  parts: {
    start(options: { onRequest: (request: FakeRequest) => void }): Promise<FakeProvider>;
    channel(url: string, timeout: number): Channel;
    message: OutboundMessage;
    secrets: readonly string[];
  },
): Promise<ChannelUnderTest> {
  const arrival = Promise.withResolvers<void>();
  const provider = await parts.start({ onRequest: () => arrival.resolve() });
  const behaviour = behaviourFor(situation, codes);
  if (behaviour !== undefined) provider.always('*', behaviour);
  const channel = parts.channel(provider.url, situation === 'silent' ? 1_000 : 5_000);
  if (situation === 'unreachable') await provider.close();
  return {
    channel,
    message: parts.message,
    secrets: parts.secrets,
    arrivals: () => provider.requests.length,
    arrived: () => arrival.promise,
    keys: () => provider.requests.map((request) => request.key ?? ''),
    dispose: () => (situation === 'unreachable' ? Promise.resolve() : provider.close()),
  };
}

function behaviourFor(situation: ChannelSituation, codes: SituationCodes): FakeBehaviour | undefined {
  switch (situation) {
    case 'throttled':
    case 'refused':
    case 'bad_address':
    case 'misconfigured':
      return { kind: 'fail', code: codes[situation] };
    case 'cut':
      return { kind: 'drop' };
    case 'silent':
      return { kind: 'hang' };
    case 'nonsense':
      return { kind: 'answer', status: 200, body: `{"messages":[{"id":{}}],"sid":[],"x":${'['.repeat(500)}` };
    case 'accepted':
    case 'unreachable':
      return undefined;
  }
}
