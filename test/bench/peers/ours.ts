import type { ThemeName } from '../../../src/cli/build';
import { benchPolicy, guardedFiles } from '../site/guarded-files';
import type { Peer, PeerSetting } from './peer';

/** As the README says: built with the interface, the lock in a header, the tag first in the head. */
export async function ours({ declared, origins }: PeerSetting, theme: ThemeName): Promise<Peer> {
  // The same services as the others, and no more: what is loaded has them in it.
  const services = benchPolicy(origins).services.slice(0, origins.length);
  const named = services.map((service, i) => ({
    ...service,
    id: declared[i]!.service,
    provider: declared[i]!.service,
  }));
  const { documentHeaders, tag, respond } = await guardedFiles(origins, { services: named }, theme);
  return {
    name: theme === 'own' ? 'ours' : 'ours, DSFR',
    files: {},
    head: tag,
    declared: ({ service, url }) => `<script type="text/plain" data-service="${service}" src="${url}"></script>`,
    banner: theme === 'own' ? '.cookie-gatekeeper-banner' : '.fr-consent-banner',
    headers: documentHeaders,
    respond,
  };
}
