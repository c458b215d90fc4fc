import { RecobroError } from '../errors.js';

/** As far as gaps and caps look back, and further than a year of revenue. */
const usual = 400;
/** Thanks, acknowledgements and the like look back for days, and none for longer than this. */
const least = 30;
const most = 36_500;

/**
 * Days after which records that are over leave the file; undefined for never.
 *
 * @throws RecobroError `invalid_option` for what is neither `never` nor a number of days from `30d` to `36500d`
 */
export function leaveAfter(given: string | undefined): number | undefined {
  if (given === undefined) return usual;
  if (given === 'never') return undefined;
  const days = Number(/^(\d{1,5})d$/.exec(given)?.[1]);
  if (days >= least && days <= most) return days;
  throw new RecobroError('invalid_option', 'the options are not valid', {
    problems: [
      {
        path: 'closedAfter',
        code: 'invalid_value',
        message: `must be 'never' or days from '${least}d' to '${most}d'`,
      },
    ],
  });
}
