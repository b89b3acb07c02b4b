import type { ServiceTerms } from '../gate/terms';

const ALLOW: Record<string, string> = { en: 'Allow', fr: 'Autoriser' };

/**
 * Puts a `<cookie-placeholder>` where the document refused a frame, object or embed: it says which service it
 * is, and offers to allow it. It keeps the size, so that the page does not move.
 * @param blocked the URL that was refused; browsers may tell only its origin
 * @param service undefined for what the policy does not declare: that cannot be allowed
 */
export function showPlaceholders(blocked: string, service: ServiceTerms | undefined, allow: () => void): void {
  const language = document.documentElement.lang.slice(0, 2);
  for (const element of document.querySelectorAll<HTMLIFrameElement & HTMLObjectElement>('iframe,object,embed')) {
    if (!(element.src || element.data)?.startsWith(blocked)) continue;
    const name = service?.name ?? new URL(blocked).host;
    const placeholder = document.createElement('cookie-placeholder');
    // Firefox gives objects that it has not loaded no size.
    const [width, height] = [element.offsetWidth || parseInt(element.width), element.offsetHeight || parseInt(element.height)];
    placeholder.style.cssText = `display:inline-block;width:${width}px;height:${height}px`;
    placeholder.append(typeof name === 'string' ? name : (name[language] ?? Object.values(name)[0]!));
    if (service) {
      const button = document.createElement('button');
      button.textContent = ALLOW[language] ?? ALLOW.en!;
      button.onclick = allow;
      placeholder.dataset.service = service.id;
      placeholder.append(' ', button);
    } else placeholder.dataset.host = new URL(blocked).host;
    element.replaceWith(placeholder);
  }
}
