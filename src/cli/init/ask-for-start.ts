import { createInterface } from 'node:readline';

/** What a policy starts from. */
export type Start = { kind: 'preset'; adopts: boolean } | { kind: 'configuration'; file: string } | { kind: 'nothing' };

const QUESTION = `What does the policy start from?
  1  an Opendatasoft portal
  2  an Opendatasoft portal whose own banner stays: what visitors choose there is taken over
  3  the configuration of Klaro, tarteaucitron, Orejime or vanilla-cookieconsent
  4  nothing but the site itself
`;

/**
 * Asks the person at the terminal.
 * @returns undefined where nobody answers: the input has ended
 */
export async function askForStart(): Promise<Start | undefined> {
  const terminal = createInterface({ input: process.stdin });
  const lines = terminal[Symbol.asyncIterator]();
  const ask = async (question: string) => {
    // Standard output is the result's.
    process.stderr.write(question);
    const { value, done } = await lines.next();
    return done ? undefined : value.trim();
  };
  try {
    for (let question = QUESTION; ; question = '') {
      const answer = await ask(`${question}1, 2, 3 or 4? `);
      switch (answer) {
        case undefined:
          return undefined;
        case '1':
        case '2':
          return { kind: 'preset', adopts: answer === '2' };
        case '3': {
          const file = await ask('The script, or the page, that configures it: ');
          return file ? { kind: 'configuration', file } : undefined;
        }
        case '4':
          return { kind: 'nothing' };
      }
    }
  } finally {
    terminal.close();
  }
}
