import { existsSync, globSync, readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Deployment } from 'kubernetes-models/apps/v1'
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2'
import { Ingress, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1'
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1'
import { Namespace, Secret, Service } from 'kubernetes-models/v1'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { parseConfig } from './config.ts'
import type { Environment } from './setting-kinds.ts'
import { compose, composeSettings, imageSettings } from './testing/deployment-files.ts'

const root = resolve(import.meta.dirname, '../../..')
const manifestFolder = join(root, 'deploy/kubernetes')

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** The part of a manifest these tests look into. */
const Manifest = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({}).optional(),
})

interface Placed {
  readonly file: string
  readonly manifest: z.infer<typeof Manifest>
}

const files = readdirSync(manifestFolder).filter((name) => name !== 'kustomization.yaml')
const manifests: readonly Placed[] = files.flatMap((file) =>
  parseAllDocuments(read(`deploy/kubernetes/${file}`)).map((document) => ({
    file,
    manifest: Manifest.parse(document.toJS()),
  })),
)

function manifestOf(kind: string, name: string): Placed['manifest'] {
  const found = manifests.find(({ manifest }) => manifest.kind === kind && manifest.metadata.name === name)
  if (found === undefined) throw new Error(`There is no ${kind} ${name}.`)
  return found.manifest
}

const kinds: Readonly<Record<string, new (data: never) => { validate(): void }>> = {
  Deployment,
  HorizontalPodAutoscaler,
  Ingress,
  Namespace,
  NetworkPolicy,
  PodDisruptionBudget,
  Secret,
  Service,
}

const Probe = z.object({ httpGet: z.object({ path: z.string(), port: z.literal('http') }) })

const Pod = z.object({
  terminationGracePeriodSeconds: z.number(),
  containers: z.tuple([
    z.object({
      ports: z.tuple([z.object({ name: z.literal('http'), containerPort: z.number() })]),
      env: z.array(z.object({ name: z.string(), value: z.string().optional() })),
      lifecycle: z.object({
        preStop: z.object({ exec: z.object({ command: z.tuple([z.literal('sleep'), z.string()]) }) }),
      }),
      startupProbe: Probe,
      livenessProbe: Probe,
      readinessProbe: Probe,
    }),
  ]),
})

const gatewayPod = z
  .looseObject({ template: z.looseObject({ spec: Pod }) })
  .parse(manifestOf('Deployment', 'gateway').spec).template.spec

function expectSettings(settings: Environment): void {
  const result = parseConfig(settings)
  expect(result).not.toHaveProperty('faults')
  expect(result).toMatchObject({ warnings: [] })
}

describe('the image', () => {
  const dockerfile = read('deploy/Dockerfile')
  const manifest = z
    .looseObject({ packageManager: z.string(), devDependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(read('package.json')))

  it('has the Node and the pnpm of the repository', () => {
    const node = new Set([...dockerfile.matchAll(/FROM node:([\d.]+)-/g)].map(([, version]) => version))
    expect([...node]).toEqual([manifest.devDependencies['node']])
    expect(dockerfile).toContain(`npm install --global ${manifest.packageManager}\n`)
  })

  it('copies what is there', () => {
    const sources = [...dockerfile.matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, line = '']) =>
      line.split(' ').slice(0, -1),
    )
    expect(sources.length).toBeGreaterThan(8)
    expect(sources.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it('knows the packages of the gateway and the playground', () => {
    const named = new Set(
      [...dockerfile.matchAll(/^COPY (\S+)\/package\.json/gm)].map(([, folder]) => folder),
    )
    const Needs = z.looseObject({
      name: z.string(),
      dependencies: z.record(z.string(), z.string()).optional(),
    })
    const folders = globSync('{packages,apps}/*', { cwd: root }).filter((folder) =>
      existsSync(join(root, folder, 'package.json')),
    )
    const needs = new Map(
      folders.map((folder) => [folder, Needs.parse(JSON.parse(read(`${folder}/package.json`)))]),
    )
    const wanted = ['apps/gateway', 'apps/web']
    for (const folder of wanted) {
      for (const [other, { name }] of needs) {
        if (needs.get(folder)?.dependencies?.[name] !== undefined && !wanted.includes(other))
          wanted.push(other)
      }
    }
    expect(wanted.filter((folder) => !named.has(folder))).toEqual([])
  })

  it('opens the gateway to others, which is refused without a key', () => {
    expect(parseConfig(imageSettings())).toMatchObject({ faults: [expect.stringContaining('PARLEY_KEY')] })
    expectSettings({ ...imageSettings(), PARLEY_KEY: 'key' })
  })
})

describe('compose.yaml', () => {
  const gateways = Object.keys(compose.services).filter((name) => name.startsWith('gateway-'))

  it('sets only what the gateway knows, each replica under its own address', () => {
    expect(gateways.length).toBe(2)
    for (const service of gateways) {
      expectSettings({ ...imageSettings(), ...composeSettings(service) })
      expect(composeSettings(service)['PARLEY_REPLICA_URL']).toBe(`http://${service}:8787`)
    }
  })

  it('gives a gateway more time than its calls have to be handed over', () => {
    for (const service of gateways) {
      const seconds = Number(/^(\d+)s$/.exec(compose.services[service]?.stop_grace_period ?? '')?.[1])
      expect(seconds * 1000).toBeGreaterThan(Number(composeSettings(service)['PARLEY_DRAIN_TIMEOUT_MS']))
    }
  })

  it('names services and volumes that are there, and opens nothing to other machines', () => {
    for (const { depends_on: others, volumes = [], ports = [] } of Object.values(compose.services)) {
      const names = Array.isArray(others) ? others : Object.keys(z.looseObject({}).parse(others ?? {}))
      expect(names.filter((name) => !(String(name) in compose.services))).toEqual([])
      for (const volume of volumes) {
        const source = volume.split(':')[0] ?? ''
        const isThere = source.startsWith('./')
          ? existsSync(join(root, 'deploy', source))
          : source in compose.volumes
        expect([source, isThere]).toEqual([source, true])
      }
      expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([])
    }
  })

  it('balances over its gateways', () => {
    const balanced = [...read('deploy/haproxy.cfg').matchAll(/^ {2}server (gateway-\d) (gateway-\d:8787)$/gm)]
    expect(balanced.map(([, name, address]) => [name, address])).toEqual(
      gateways.map((name) => [name, `${name}:8787`]),
    )
  })
})

describe('the Kubernetes manifests', () => {
  it.each(manifests.map(({ file, manifest }) => [manifest.kind, file, manifest] as const))(
    'have a valid %s in %s',
    (kind, _file, manifest) => {
      const Model = kinds[kind]
      if (Model === undefined) throw new Error(`No schema for ${kind}.`)
      // Any data is to be judged here, of whatever type.
      expect(() => new Model(manifest as never).validate()).not.toThrow()
    },
  )

  it('are found out when they are wrong', () => {
    const wrong = structuredClone(manifestOf('Deployment', 'gateway'))
    Object.assign(wrong.spec ?? {}, { replicas: 'two' })
    expect(() => new Deployment(wrong as never).validate()).toThrow('replicas')
  })

  it('are all applied but the example of the secret', () => {
    const { resources } = z
      .looseObject({ resources: z.array(z.string()) })
      .parse(parse(read('deploy/kubernetes/kustomization.yaml')))
    expect([...resources, 'secret.example.yaml'].toSorted()).toEqual(files.toSorted())
  })

  it('set only what the gateway knows', () => {
    const secret = z
      .looseObject({ stringData: z.record(z.string(), z.string()) })
      .parse(manifestOf('Secret', 'parley'))
    const own = gatewayPod.containers[0].env.flatMap(({ name, value }) =>
      value === undefined ? [] : [[name, value.replace('$(POD_IP)', '10.0.0.7')]],
    )
    expectSettings({ ...imageSettings(), ...secret.stringData, ...Object.fromEntries(own) })
  })

  it('give a gateway more time than its calls have to be handed over', () => {
    const [{ env, lifecycle }] = gatewayPod.containers
    const drainMs = Number(env.find(({ name }) => name === 'PARLEY_DRAIN_TIMEOUT_MS')?.value)
    const preStopMs = Number(lifecycle.preStop.exec.command[1]) * 1000
    expect(gatewayPod.terminationGracePeriodSeconds * 1000).toBeGreaterThan(drainMs + preStopMs)
  })

  it('ask the gateway what it answers, where it listens', () => {
    const [{ ports, startupProbe, livenessProbe, readinessProbe }] = gatewayPod.containers
    expect(String(ports[0].containerPort)).toBe(imageSettings()['PARLEY_PORT'])
    expect(startupProbe.httpGet.path).toBe('/healthz')
    expect(livenessProbe.httpGet.path).toBe('/healthz')
    expect(readinessProbe.httpGet.path).toBe('/readyz')
  })

  it('let the gateways reach each other, and nobody else who is not named', () => {
    const Policy = z.looseObject({
      ingress: z.tuple([
        z.object({
          ports: z.array(z.object({ protocol: z.literal('TCP'), port: z.literal(8787) })),
          from: z.array(z.looseObject({})),
        }),
      ]),
    })
    const { ingress } = Policy.parse(manifestOf('NetworkPolicy', 'gateway').spec)
    expect(ingress[0].from).toContainEqual({ podSelector: { matchLabels: { app: 'gateway' } } })
    expect(ingress[0].from.every((peer) => Object.keys(peer).length > 0)).toBe(true)
  })
})
