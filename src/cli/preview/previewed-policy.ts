import { realpath } from 'node:fs/promises';
import { PURPOSES } from '../../compiled-policy/literals';
import { parsePolicy } from '../../policy/parse-policy';
import { gateway, type GatewayOptions } from '../../server/gateway';
import { buildInMemory, type ThemeName } from '../build';
import { readPolicyText } from '../read-policy';
import { replaceFiles } from '../replace-files';

export interface PreviewedPolicyOptions extends Pick<GatewayOptions, 'origin' | 'tag'> {
  file: string;
  theme: ThemeName;
}

/** What a policy is made into: all of it belongs together. */
interface Made {
  text: string;
  purposes: readonly string[];
  scripts: readonly string[];
  guard: (request: Request) => Promise<Response>;
}

/** The policy file of a preview, and the guarded site that is made of it: always of the last one without a mistake. */
export class PreviewedPolicy {
  readonly #options: PreviewedPolicyOptions;
  #made: Made;
  /** One change after another. */
  #changing: Promise<unknown> = Promise.resolve();

  private constructor(options: PreviewedPolicyOptions, made: Made) {
    this.#options = options;
    this.#made = made;
  }

  /**
   * @throws (rejects) {UnreadableFileError}
   * @throws (rejects) {PolicyError} when it has mistakes
   */
  static async read(options: PreviewedPolicyOptions): Promise<PreviewedPolicy> {
    return new PreviewedPolicy(options, await make(await readPolicyText(options.file), options));
  }

  get file(): string {
    return this.#options.file;
  }

  /** As it was read, or written, last. */
  get text(): string {
    return this.#made.text;
  }

  /** Those that a service can have. */
  get purposes(): readonly string[] {
    return this.#made.purposes;
  }

  /** Names of the built scripts. */
  get scripts(): readonly string[] {
    return this.#made.scripts;
  }

  guard(request: Request): Promise<Response> {
    return this.#made.guard(request);
  }

  /** Reads the file again. @returns whether it has changed @throws as `read`; what was made before stays then */
  readAgain(): Promise<boolean> {
    return this.#next(async () => {
      const text = await readPolicyText(this.file);
      if (text === this.text) return false;
      this.#made = await make(text, this.#options);
      return true;
    });
  }

  /**
   * Writes a changed text into the file, and makes the site of it.
   * @param change of the text as the file has it now
   * @throws as `read`, also for what the change makes wrong; the file stays as it was then
   */
  edit(change: (text: string) => string): Promise<void> {
    return this.#next(async () => {
      const text = change(await readPolicyText(this.file));
      const made = await make(text, this.#options);
      await replaceFiles(new Map([[await realpath(this.file), text]]));
      this.#made = made;
    });
  }

  #next<T>(change: () => Promise<T>): Promise<T> {
    const changed = this.#changing.then(change);
    this.#changing = changed.catch(() => {});
    return changed;
  }
}

async function make(text: string, { file, theme, origin, tag }: PreviewedPolicyOptions): Promise<Made> {
  const written = JSON.parse(text) as unknown;
  const parsed = parsePolicy(written, file);
  // As it is guarded here: in force, by headers, on a host of its own, and with nothing sent of what is only tried.
  const { domain: _, ...cookie } = parsed.consent.cookie;
  const here = { mode: 'enforce', lock: 'header', receipts: undefined, reports: undefined };
  const policy = { ...parsed, ...here, consent: { ...parsed.consent, cookie } };
  const { files } = await buildInMemory(policy, { file, interface: theme });
  const scripts = [...files.keys()].filter((name) => name.endsWith('.js'));
  return {
    text,
    purposes: [...new Set([...PURPOSES, ...parsed.services.map(({ purpose }) => purpose)])],
    scripts,
    guard: gateway({ origin, policy, tag, files: Object.fromEntries(scripts.map((name) => [name, files.get(name)!])) }),
  };
}
