import { recobro } from './contenders/recobro.js';
import { accountFiles, reviewedYesterday } from './portfolio.js';
import { engineOfWork } from './work.js';

/**
 * Nothing but `decide`, again and again, for a profiler:
 * node --cpu-prof --import ./test/support/run-typescript.mjs bench/profile.ts first|daily [rounds]
 */
const [state = 'daily', rounds = '20'] = process.argv.slice(2);
const engine = engineOfWork();
const fresh = [...accountFiles(10_000)];
const files = state === 'first' ? fresh : fresh.map((file) => reviewedYesterday(engine, file));
const { review } = recobro(engine);
let acts = 0;
const count = (): void => {
  acts++;
};
for (let round = 0; round < Number(rounds); round++) {
  const before = process.cpuUsage();
  for (const file of files) review(file, count);
  const { user, system } = process.cpuUsage(before);
  console.log(`${((user + system) / 1000).toFixed(1)} ms of processor time, ${acts} acts`);
}
