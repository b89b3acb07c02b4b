/** What the panel is told by the preview that serves it. */
export interface PanelSettings {
  /** What each of its posts carries. */
  token: string;
  /** The policy file's name. */
  file: string;
  /** The origin of the site that is previewed. */
  portal: string;
  /** What a service can be for. */
  purposes: readonly string[];
}

/** Who is behind an origin, as far as the preview knows. */
export interface Party {
  /** The service that declares it, if any does. */
  service?: string;
  provider: string;
  /** The service's, or the one that is proposed. */
  purpose: string;
}
