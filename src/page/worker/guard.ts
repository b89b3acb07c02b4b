import type { CompiledPolicy } from '../../compiled-policy/compiled-policy';
import type { Asks, Replies } from '../../messages/messages';
import { askWorker, controllingWorker } from './ask-worker';
import { GuardError } from './guard-error';
import { isOfAnotherBuild } from './is-of-another-build';
import { unlessTakenAway } from './unless-taken-away';
import { whenIdle } from '../when-idle';

export interface GuardOptions {
  /** Absolute URL of the worker's script. */
  url: string;
  policy: CompiledPolicy;
  /** Why the policy cannot be used, if it cannot. */
  brokenPolicy: unknown;
  /** Whether the document was opened under another policy than the page's. */
  isOfAnotherPolicy: boolean;
  /**
   * Registers the worker, for a page that none controls.
   * @throws {GuardError} (rejects)
   */
  register(): Promise<ServiceWorker>;
  /** What the page tells the worker of itself, once it knows that. */
  greeting(): Promise<Asks['hello']>;
  /** Called with each answer. @param hasDiffered whether the worker was of another build before, and is not now, or the other way */
  answered(reply: Replies['hello'], hasDiffered: boolean): void;
}

/** The worker that guards this page: registers it where there is none, and learns from it what it has refused before. */
export class Guard {
  readonly #options: GuardOptions;
  /** Whether the worker controls this page, and has answered. */
  isGuarding = false;
  /** Whether the worker is of another build: what only one of them permits is refused, so nothing is permitted here. */
  differs: boolean;
  /** Called once our worker has this page, where that is our doing, here or in another tab: the site's own listeners do not hear of it then. */
  taken?: () => void;
  #registered: Promise<{ revision: string }> | undefined;
  /** Says that the worker is needed now, whatever else the page has to do. */
  hurry!: () => void;
  /** Resolves when the visitor has been asked, where somebody is asked first. */
  asked: Promise<unknown> = Promise.resolve();
  readonly #urgent = new Promise<void>((resolve) => (this.hurry = resolve));

  constructor(options: GuardOptions) {
    this.#options = options;
    this.differs = options.isOfAnotherPolicy;
  }

  /** @see Gatekeeper.register */
  register(after?: Promise<unknown>): Promise<{ revision: string }> {
    if (after) this.asked = after.catch(() => {});
    else this.hurry();
    this.#registered ??= this.greet(after).catch((error: unknown) => {
      this.#registered = undefined;
      throw error;
    });
    return this.#registered;
  }

  /** Another tab has asked the worker to take over what it does not control. */
  heedClaim(): void {
    if (!controllingWorker(this.#options.url)) this.taken ??= () => {};
  }

  /** Resolves when it is known whether this page is guarded, if anybody has asked. */
  async settled(): Promise<void> {
    await this.#registered?.catch(() => {});
  }

  /**
   * Says hello to the worker, which is registered first where none controls this page.
   * @param after when it may be registered, unless it is needed sooner
   * @returns the revision of the worker's policy
   * @throws {GuardError} (rejects) with a `code` and a message: why the page is not guarded, and what to do
   */
  async greet(after?: Promise<unknown>): Promise<{ revision: string }> {
    const { url, policy, brokenPolicy, register, greeting, answered } = this.#options;
    if (brokenPolicy)
      throw new GuardError('broken-policy', 'the policy is broken, so nothing is permitted. Build it again.', {
        cause: brokenPolicy,
      });
    // The worker reads the record again if it knows another.
    const hello = await greeting();
    // A page that the worker controls need not register it: browsers look for a newer one by themselves.
    let worker = controllingWorker(url);
    if (!worker) {
      await Promise.race([this.#urgent, after?.then(whenIdle)]);
      worker = await register();
    }
    let reply: Replies['hello'] | undefined;
    while (!(reply = await unlessTakenAway(worker, askWorker<'hello'>(worker, hello)))) worker = await register();
    this.isGuarding = true;
    const differed = this.differs;
    this.differs = isOfAnotherBuild(reply, policy);
    answered(reply, differed !== this.differs);
    return { revision: reply.revision };
  }
}
