import { parseArgs } from 'node:util';
import { STATES, VISITS, WALLS, type State, type Visit, type Wall } from './parts/page-cells';

/** What a person asks to be measured; what is left out is measured as the part's own default has it. */
export interface BenchOptions {
  /** Ids of the parts; all without it. */
  only?: readonly string[];
  rounds?: number;
  /** Slices of the part `page`: numbers of own, and as many third-party, requests; milliseconds added to each answer; … */
  sizes?: readonly number[];
  delays?: readonly number[];
  states?: readonly State[];
  walls?: readonly Wall[];
  visits?: readonly Visit[];
}

export const USAGE = `npm run bench -- [options]
  --only page,decision     measures these parts; the results of the others stay in the document
  --rounds 15              how often each is measured
 of the part page alone, whose result is printed and not kept then:
  --sizes 0,20             own, and as many third-party, requests
  --delays 0,40            milliseconds that are added to every answer
  --states granted,refused what the visitor has decided: ${STATES.join(', ')}
  --walls strict           the policy's wall: ${WALLS.join(', ')}
  --visits warm,cold       ${VISITS.join(', ')}`;

/**
 * Reads what was written after `npm run bench --`.
 * @throws {TypeError} for what there is not, with a message for people
 */
export function readOptions(args: string[], parts: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      rounds: { type: 'string' },
      sizes: { type: 'string' },
      delays: { type: 'string' },
      states: { type: 'string' },
      walls: { type: 'string' },
      visits: { type: 'string' },
    },
  });
  return {
    only: words('only', values.only, parts),
    rounds: numbers('rounds', values.rounds)?.[0],
    sizes: numbers('sizes', values.sizes),
    delays: numbers('delays', values.delays),
    states: words('states', values.states, STATES),
    walls: words('walls', values.walls, WALLS),
    visits: words('visits', values.visits, VISITS),
  };
}

/** Whether the part `page` measures only some of what the document has of it. */
export function isSlice({ sizes, delays, states, walls, visits }: BenchOptions): boolean {
  return [sizes, delays, states, walls, visits].some(Boolean);
}

function words<T extends string>(name: string, written: string | undefined, known: readonly T[]): T[] | undefined {
  const asked = written?.split(',');
  const unknown = asked?.find((word) => !known.includes(word as T));
  if (unknown !== undefined) throw new TypeError(`--${name} ${unknown}: write some of ${known.join(', ')}.`);
  return asked as T[] | undefined;
}

function numbers(name: string, written: string | undefined): number[] | undefined {
  const asked = written?.split(',');
  const wrong = asked?.find((number) => !/^\d+$/.test(number));
  if (wrong !== undefined) throw new TypeError(`--${name} ${wrong}: write whole numbers, such as --${name} 15.`);
  return asked?.map(Number);
}
