import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../src/cli/build';
import type { Aim, FamilyProbe } from './probe';
import { probes } from './probes/index';
import { Site, type Guard, type LockKind, type Run } from './site';
import { ThirdParty } from './third-party';

type Wall = 'strict' | 'live' | 'off';
/** The two services that the policy declares, and one that it does not know. */
export type Party = 'tracker' | 'other' | 'undeclared';

/** How the site is protected; undefined is not at all. */
export interface Protection {
  wall: Wall;
  lock: LockKind;
}

/** The site's policies, by what they say of the tracker. Pages come under `asked`, unless another is deployed. */
export type PolicyName = keyof typeof TRACKER;

const TRACKER = {
  asked: { purpose: 'third-party' },
  necessary: { purpose: 'necessary' },
  dropped: undefined,
} as const;

/** A site, the third parties that its pages reach for, and what guards it. */
export class World {
  readonly site: Site;
  readonly parties: Record<Party, ThirdParty>;
  readonly #guards: Map<PolicyName, Guard>;
  readonly #protection: Protection | undefined;
  #runs = 0;

  private constructor(
    site: Site,
    parties: Record<Party, ThirdParty>,
    guards = new Map<PolicyName, Guard>(),
    protection?: Protection,
  ) {
    this.site = site;
    this.parties = parties;
    this.#guards = guards;
    this.#protection = protection;
  }

  static async start(protection?: Protection): Promise<World> {
    const parties = {
      tracker: await ThirdParty.start(probes),
      other: await ThirdParty.start(probes),
      undeclared: await ThirdParty.start(probes),
    };
    if (!protection) return new World(await Site.start(), parties);
    const guards = new Map<PolicyName, Guard>();
    for (const name of Object.keys(TRACKER) as PolicyName[]) guards.set(name, await guardOf(protection, parties, name));
    return new World(await Site.start(guards.get('asked')), parties, guards, protection);
  }

  get lock(): Protection['lock'] | undefined {
    return this.#protection?.lock;
  }

  /** Whether pages are closed by a policy of their own. */
  get hasWall(): boolean {
    return this.#protection?.wall !== 'off';
  }

  /** The site goes over to another policy: its files and its locks. */
  deploy(policy: PolicyName): void {
    this.site.deploy(this.#guards.get(policy));
  }

  /** A page load's worth of probes that all reach for one party. */
  add(party: Party, wanted: (probe: FamilyProbe) => boolean = () => true): Run {
    const id = `run${++this.#runs}`;
    const run: Run = { id, probes: probes.filter(wanted), aim: (probe) => this.#aim(id, party, probe) };
    for (const server of Object.values(this.parties)) server.begin(id);
    this.site.add(run);
    return run;
  }

  /** The names by which a browser is to find ports of single probes: `host:port` by name. */
  names(party: Party): Record<string, string> {
    return Object.fromEntries(
      probes.flatMap(({ id }) =>
        this.parties[party].hostOf(id) ? [[nameOf(id), this.parties[party].hostOf(id)!]] : [],
      ),
    );
  }

  async stop(): Promise<void> {
    await Promise.all([this.site.stop(), ...Object.values(this.parties).map((party) => party.stop())]);
    await Promise.all([...this.#guards.values()].map(({ folder }) => rm(folder, { recursive: true })));
  }

  #aim(run: string, party: Party, { id }: FamilyProbe): Aim {
    const { host } = this.parties[party];
    const url = (file: string) => `http://${host}/${run}/${id}/${file}`;
    return {
      url,
      webSocket: `ws://${host}/${run}/${id}/socket`,
      host: this.parties[party].hostOf(id) ?? host,
      own: (file) => `/${run}/${id}/${file}`,
      home: `/?${run}/${id}`,
      name: nameOf(id),
      redirectedByQuiet: (file) =>
        `http://${this.parties.other.quietHost}/${run}/${id}/${file}?to=${encodeURIComponent(url(file).replace(host, this.parties[party].quietHost))}`,
      redirectedByOther: (file) =>
        `http://${this.parties.other.host}/${run}/${id}/${file}?to=${encodeURIComponent(url(file))}`,
    };
  }
}

function nameOf(probe: string): string {
  return `${probe}.example`;
}

async function guardOf(
  { wall, lock: kind }: Protection,
  { tracker, other }: Record<Party, ThirdParty>,
  name: PolicyName,
): Promise<Guard> {
  const folder = await mkdtemp(join(tmpdir(), 'gatekeeper-coverage-'));
  const policy = {
    revision: name,
    consent: { months: 6 },
    wall,
    lock: kind === 'none' ? 'tag' : kind,
    undeclared: 'refuse',
    services: [
      ...(TRACKER[name] ? [{ id: 'tracker', provider: 'Tracker', origins: originsOf(tracker), ...TRACKER[name] }] : []),
      ...(TRACKER[name]
        ? [
            {
              id: 'quiet-tracker',
              provider: 'Tracker',
              access: 'without-credentials',
              origins: [`http://${tracker.quietHost}`],
              ...TRACKER[name],
            },
          ]
        : []),
      { id: 'other', provider: 'Other', purpose: 'third-party', origins: originsOf(other) },
      {
        id: 'quiet',
        provider: 'Other',
        purpose: 'necessary',
        access: 'without-credentials',
        origins: [`http://${other.quietHost}`],
      },
    ],
  };
  const { lock, workerLock } = await build(policy, { out: folder });
  return { folder, lock, workerLock, kind };
}

/** Each probe that is told apart by its port has an origin of its own, which belongs to the service all the same. */
function originsOf(party: ThirdParty): string[] {
  const ports = probes.filter(({ counted }) => counted);
  const schemes = { tcp: 'http', udp: 'https' };
  return [
    `http://${party.host}`,
    `ws://${party.host}`,
    ...ports.map(({ id, counted }) => `${schemes[counted!]}://${party.hostOf(id)}`),
  ];
}
