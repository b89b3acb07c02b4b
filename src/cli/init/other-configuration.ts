import type { PolicyInput } from '../../policy/schema';
import type { Skipped } from './literal-reader';

/** A text for visitors: one for all languages, or one by language. */
export type OtherText = string | Record<string, string>;

/** A cookie as another consent manager has it. */
export interface OtherCookie {
  name: string | RegExp;
  path?: string;
  purpose?: OtherText;
  lifetime?: OtherText;
}

/** A service as another consent manager has it, which may call it app or purpose. */
export interface OtherService {
  /** Its name there. */
  key: string;
  name?: OtherText;
  description?: OtherText;
  /** The purposes, or the category, that it has there. */
  categories: string[];
  /** Visitors cannot refuse it there. */
  isRequired: boolean;
  /** It is loaded before visitors are asked, there. */
  isExempt: boolean;
  cookies: OtherCookie[];
  /** Addresses of its own that are written there. */
  origins: string[];
  privacyUrl?: string;
}

/** What another consent manager's configuration says that a policy can say, too. */
export interface OtherConfiguration {
  /** What the consent manager is called. */
  manager: string;
  services: OtherService[];
  /** What its categories are called, by their names there. */
  categoryTexts: ReadonlyMap<string, { title: OtherText; text?: OtherText }>;
  /** Texts of the interface. */
  texts: NonNullable<PolicyInput['texts']>;
  /** Cookies that the site itself needs. */
  siteCookies: OtherCookie[];
  /** The domain whose hosts share the choices. */
  domain?: string;
  /** What could not be read. */
  skipped: Skipped[];
}
