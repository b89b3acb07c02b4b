import { builtIn } from '../../dom/built-in';
import type { CompiledPolicy, ServiceId } from '../../compiled-policy/compiled-policy';
import { serviceOf } from '../../compiled-policy/compiled-policy';
import { readMirror, showsRecord } from '../../consent/mirror';
import { expiryOf, isInForce, withLastSeen, type Consent, type ConsentRecord } from '../../consent/record';
import { permits } from '../../consent/service-status';
import { readRecord } from '../../consent/store';

/** The visitor's consent as this page has read it. */
export class KnownConsent {
  readonly #policy: CompiledPolicy;
  readonly #allowedOnce: () => readonly ServiceId[];
  record: ConsentRecord | undefined;
  /** False until it has been read: nothing that needs consent is permitted before. */
  isRestored = false;

  /** @param allowedOnce the services that the visitor has allowed for this document only */
  constructor(policy: CompiledPolicy, allowedOnce: () => readonly ServiceId[]) {
    this.#policy = policy;
    this.#allowedOnce = allowedOnce;
  }

  /** Reads what is stored. Never rejects: where it cannot be read, nothing is permitted. */
  async read(): Promise<void> {
    try {
      this.record = await readRecord();
      this.isRestored = true;
    } catch (error) {
      this.isRestored = false;
      console.warn('cookie-gatekeeper permits nothing while the stored consent cannot be read.', error);
    }
  }

  /** The consent as of now. */
  get now(): Consent {
    const { globalPrivacyControl = false } = navigator as { globalPrivacyControl?: boolean };
    const now = Date.now();
    // A clock may be set back while the page is open.
    this.record = withLastSeen(this.record, now);
    return { restored: this.isRestored, record: this.record, now, globalPrivacyControl, once: this.#allowedOnce() };
  }

  /** Whether it permits a service. False for services that the policy does not have. */
  permits(id: ServiceId): boolean {
    const service = serviceOf(this.#policy, id);
    return !!service && permits(service, this.now, this.#policy);
  }

  /** Milliseconds until it ends; 0 or less where there is none, or it has ended. */
  get timeLeft(): number {
    return this.record ? expiryOf(this.record, this.#policy) - Date.now() : 0;
  }

  /** Whether the mirror may show a later decision, of another host of the domain or of the platform's own banner. */
  get isOlderThanMirror(): boolean {
    const { adoptsMirror, cookie } = this.#policy;
    const timestamp = adoptsMirror && this.isRestored && readMirror(builtIn(document).cookie, cookie)?.timestamp;
    return typeof timestamp === 'number' && timestamp > (this.record?.decidedAt ?? 0);
  }

  /** Whether the mirror does not show the record: it was deleted, or overwritten, or never written. */
  get isMissingInMirror(): boolean {
    return (
      isInForce(this.record, Date.now(), this.#policy) &&
      !showsRecord(builtIn(document).cookie, this.record, this.#policy)
    );
  }
}
