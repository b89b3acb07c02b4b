/** Players that start by themselves where their address has `autoplay=1`. */
const PLAYER =
  /^https:\/\/((www\.)?youtube(-nocookie)?\.com\/embed|player\.vimeo\.com\/video|(www|geo)\.dailymotion\.com\/(embed|player))/;
/** To these, scripts of the site's own may be bound, which would lose a player that is loaded again. They obey what is posted. */
const OBEYS = /^https:\/\/player\.vimeo|[?&]enablejsapi=1/;
/** Each player's own words, of which it ignores the others'. */
const PLAY = [{ method: 'play' }, { event: 'command', func: 'playVideo', args: [] }];

/** A player that takes longer waits for a press. */
const LOAD_LIMIT_MS = 5_000;

/** What the site declared, of frames that were given another address. */
const declared = new WeakMap<Element, { src: string; instead: string }>();

/**
 * Has the video or sound play that the visitor has just asked for, once. Other frames stay as they are, and so does one whose
 * address says itself whether it plays.
 * @param content a frame, or a media element of the page
 * @param isNew whether it is only now given its address, so that nothing is bound to it
 */
export function startPlaying(content: Element | undefined, isNew: boolean): void {
  // Where the browser does not let it, it has its controls.
  if (content instanceof HTMLMediaElement) content.play().catch(() => {});
  if (content?.localName !== 'iframe') return;
  const { src, allow } = content as HTMLIFrameElement;
  // One that has a document of its own meanwhile is a facade, which is pressed.
  if (!PLAYER.test(src) || /[?&]autoplay=/.test(src) || (content as HTMLIFrameElement).srcdoc) return;
  if (!isNew && OBEYS.test(src)) {
    askToPlay(content as HTMLIFrameElement, src);
    // It may not have been there to hear it. What the site loads into it later, nobody has asked for.
    const signal = AbortSignal.timeout(LOAD_LIMIT_MS);
    content.addEventListener('load', () => askToPlay(content as HTMLIFrameElement, src), { once: true, signal });
    return;
  }
  const instead = playingAddress(src);
  declared.set(content, { src, instead });
  // Browsers hold a frame to what its `allow` was when it began to load.
  Object.assign(content, { allow: /autoplay/.test(allow) ? allow : `autoplay;${allow}`, src: instead });
}

function askToPlay({ src, contentWindow }: HTMLIFrameElement, asked: string): void {
  if (src !== asked) return;
  for (const command of PLAY) contentWindow?.postMessage(JSON.stringify(command), new URL(src).origin);
}

/** The address at which a player starts by itself. */
function playingAddress(src: string): string {
  const url = new URL(src);
  // By hand: what reads and writes parameters would write the site's own in another way.
  url.search += `${url.search ? '&' : '?'}autoplay=1`;
  return url.href;
}

/** The address that the site has given a frame: one that is held back, and comes again, does not play by itself. */
export function declaredAddress(frame: Element, address: string): string {
  const was = declared.get(frame);
  return was?.instead === address ? was.src : address;
}
