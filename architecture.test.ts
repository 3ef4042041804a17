import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { parseSync } from 'oxc-parser'
import { describe, expect, it } from 'vitest'

const backends = 'packages/core/src/providers'

/** Beside the folders of the backends, which never import each other. */
const providerFiles = [
  'provider',
  'capabilities',
  'web-socket-provider',
  'first-event',
  'keep-alive',
  'connect-limits',
  'backend-errors',
  'address',
  'azure-credential',
  'realtime-models',
  'ga-behaviour',
].map((name) => `packages/core/src/providers/${name}.ts`)

/** What a backend over a WebSocket may import, without its own folder. */
const webSocketBackend = [
  ...providerFiles,
  'packages/core/src/channel',
  'packages/core/src/dialects',
  'packages/core/src/events',
  'packages/core/src/errors.ts',
  '@parley/audio',
  'zod',
]

/** What the gateway's test callers and stand-ins may import. */
const gatewayTestbed = [
  'apps/gateway/src',
  '@parley/core',
  '@parley/audio',
  '@parley/client',
  '@openai/agents-realtime',
  '@azure/ai-voicelive',
  'openai',
  'openai-beta',
  'hono',
  '@hono/',
  'ws',
  'yaml',
  'zod',
  'vitest',
  'node:',
]

/**
 * Who may import whom, as an allow-list: the longest key that a file's path begins with is its layer. A file
 * without a layer fails until it is placed; a backend's folder that is not here is one over a WebSocket. `test` names are allowed to tests and type tests on top.
 */
const layers: Readonly<Record<string, readonly string[]>> = {
  'packages/audio/src': ['packages/audio/src'],
  'packages/audio/src/opus': ['packages/audio/src', 'libopus-wasm'],
  'packages/audio/src/noise-suppression': ['packages/audio/src', '@echogarden/rnnoise-wasm'],
  'packages/audio/src/testing': ['packages/audio/src', 'vitest'],
  'packages/core/src/index.ts': ['packages/core/src'],
  'packages/core/src/errors.ts': [],
  'packages/core/src/events': [
    'packages/core/src/events',
    'packages/core/src/errors.ts',
    '@parley/audio',
    'zod',
  ],
  'packages/core/src/channel': ['packages/core/src/channel', 'packages/core/src/errors.ts'],
  'packages/core/src/channel/node-socket.ts': [
    'packages/core/src/channel',
    'packages/core/src/errors.ts',
    'node:',
    'ws',
  ],
  'packages/core/src/dialects': [
    'packages/core/src/dialects',
    'packages/core/src/channel/codec.ts',
    'packages/core/src/events',
    'packages/core/src/errors.ts',
    '@parley/audio',
    'zod',
  ],
  [backends]: webSocketBackend,
  'packages/core/src/providers/index.ts': ['packages/core/src/providers'],
  'packages/core/src/providers/gemini-live': [
    'packages/core/src/providers/gemini-live',
    ...webSocketBackend,
    'node:',
  ],
  'packages/core/src/providers/voice-live': [
    'packages/core/src/providers/voice-live',
    'packages/core/src/providers/speech',
    ...webSocketBackend,
  ],
  // What every speaking provider of ours needs: the voice interface, clauses, text fit to be spoken.
  'packages/core/src/providers/speech': [
    'packages/core/src/providers/speech',
    'packages/core/src/providers/capabilities.ts',
    'packages/core/src/errors.ts',
    '@parley/audio',
    'zod',
  ],
  // It is given two backends as `Provider`, so it knows no other provider.
  'packages/core/src/providers/duet': [
    'packages/core/src/providers/duet',
    'packages/core/src/providers/speech',
    'packages/core/src/providers/provider.ts',
    'packages/core/src/providers/capabilities.ts',
    'packages/core/src/channel',
    'packages/core/src/events',
    'packages/core/src/errors.ts',
    '@parley/audio',
  ],
  // What passes between a session and a backend, on a disk and back.
  'packages/core/src/cassette': [
    'packages/core/src/cassette',
    'packages/core/src/providers/provider.ts',
    'packages/core/src/dialects/openai-ga',
    'packages/core/src/events',
    'packages/core/src/errors.ts',
    '@parley/audio',
    'node:',
    'zod',
  ],
  'packages/core/src/providers/replay': [
    'packages/core/src/providers/replay',
    'packages/core/src/cassette',
    'packages/core/src/providers/provider.ts',
    'packages/core/src/providers/capabilities.ts',
    'packages/core/src/channel',
    'packages/core/src/events',
    'packages/core/src/errors.ts',
    '@parley/audio',
  ],
  'packages/core/src/providers/cascade': [
    'packages/core/src/providers/cascade',
    'packages/core/src/providers/speech',
    'packages/core/src/providers/azure-credential.ts',
    'packages/core/src/providers/provider.ts',
    'packages/core/src/providers/capabilities.ts',
    'packages/core/src/channel',
    'packages/core/src/events',
    'packages/core/src/errors.ts',
    '@parley/audio',
    'node:',
    'zod',
    'eventsource-parser',
    'llama-tokenizer-js',
    'onnxruntime-node',
    'onnxruntime-web',
    'onnxruntime-common',
    '@echogarden/svoxpico-wasm',
    '@huggingface/transformers',
  ],
  'packages/core/src/storage': [
    'packages/core/src/storage',
    'packages/core/src/events',
    'packages/core/src/errors.ts',
    'zod',
  ],
  'packages/core/src/storage/sqlite': [
    'packages/core/src/storage',
    'packages/core/src/events',
    'packages/core/src/errors.ts',
    'node:',
    'zod',
  ],
  'packages/core/src/storage/postgres': [
    'packages/core/src/storage',
    'packages/core/src/events',
    'packages/core/src/errors.ts',
    'node:',
    'pg',
  ],
  'packages/core/src/session': [
    'packages/core/src/session',
    'packages/core/src/channel',
    'packages/core/src/events',
    'packages/core/src/errors.ts',
    'packages/core/src/providers/provider.ts',
    'packages/core/src/providers/capabilities.ts',
    'packages/core/src/storage/context-store.ts',
    'packages/core/src/storage/context-items.ts',
    'packages/core/src/storage/write-behind.ts',
    'packages/core/src/context',
    '@parley/audio',
  ],
  // What a new upstream session is told of the conversation.
  'packages/core/src/context': [
    'packages/core/src/context',
    'packages/core/src/events',
    'packages/core/src/errors.ts',
    'packages/core/src/providers/capabilities.ts',
    'packages/core/src/storage/context-store.ts',
    'packages/core/src/storage/context-items.ts',
  ],
  'packages/core/src/testing': [
    'packages/core/src',
    '@parley/audio',
    'vitest',
    'fast-check',
    'node:',
    'ws',
    'zod',
    'openai',
    'openai-beta',
    '@azure/ai-voicelive',
    '@google/genai',
  ],
  // Independent proof: the stand-ins share no code with what is tested against them.
  'packages/core/src/testing/upstream': [
    'packages/core/src/testing/upstream',
    '@parley/audio',
    '@google/genai',
    'node:',
    'ws',
    'zod',
  ],
  // Small enough for any page: nothing but types comes from elsewhere.
  'packages/client/src': ['packages/client/src'],
  // Runs in the browser and on the command line alike.
  'packages/compare/src': [
    'packages/compare/src',
    '@parley/core',
    '@parley/audio',
    'fastest-levenshtein',
    'yaml',
    'zod',
  ],
  'apps/cli/src': [
    'apps/cli/src',
    '@parley/core',
    '@parley/audio',
    '@parley/compare',
    'commander',
    'ws',
    'yaml',
    'zod',
    'node:',
  ],
  // Independent proof: the checks share no code with the dialects of the gateway that has to pass them.
  'apps/cli/src/conformance': [
    'apps/cli/src/conformance',
    'apps/cli/src/command-failure.ts',
    'apps/cli/src/terminal',
    '@parley/audio',
    'commander',
    'ws',
    'node:',
  ],
  'apps/gateway/src': [
    'apps/gateway/src',
    '@parley/core',
    '@parley/audio',
    '@azure/identity',
    '@redis/client',
    'fastest-levenshtein',
    'hono',
    '@hono/',
    'ws',
    'pino',
    'prom-client',
    'zod',
    'node:',
  ],
  'apps/gateway/src/sessions/live-sessions-laws.ts': ['apps/gateway/src', '@parley/audio', 'vitest'],
  'apps/gateway/src/testing': gatewayTestbed,
  // Suites that break things on purpose, with their callers and stand-ins.
  'apps/gateway/src/faults': gatewayTestbed,
  'apps/gateway/src/cluster': gatewayTestbed,
  'apps/web': [
    'apps/web',
    '@parley/core',
    '@parley/audio',
    '@parley/client',
    '@parley/compare',
    'idb',
    'next',
    'react',
    'react-dom',
    '@base-ui/react',
    'node:',
    'esbuild',
  ],
  'apps/docs': ['apps/docs', '@mdx-js/mdx', 'next', 'react', 'react-dom', 'remark-gfm', 'yaml', 'node:'],
}

/** Entries of core that hold keys or need Node, which a browser bundle must not reach. */
const serverOnly = [
  '@parley/core/session',
  '@parley/core/providers',
  '@parley/core/storage',
  '@parley/core/storage/postgres',
  '@parley/core/cassette',
  '@parley/core/testing',
]

/** What only signal code needs: samples in bytes, their full scale, waves, and the constant of the random noise. */
const signalCode =
  /\b[gs]et(?:Int16|Float32)\(|\b(?:read|write)Int16[BL]E\(|\b32_?76[78]\b|\bMath\.(?:sin|cos)\(|0x6d2b79f5/

/** Files outside of packages/audio where it means something else. */
const noSignals = [
  // The package itself, in a bundle.
  'packages/compare/src/generated/report-page.ts',
  // Numbers in the memory of the engine.
  'packages/core/src/providers/cascade/stages/pico/pico-voice.ts',
  // A context window of as many tokens.
  'packages/core/src/providers/realtime-models.ts',
]

const root = import.meta.dirname
const sources = ['packages', 'apps'].flatMap((folder) => filesBelow(join(root, folder)))

describe('imports', () => {
  it('finds the sources', () => {
    expect(sources.length).toBeGreaterThan(50)
  })

  it('places every source file in a layer', () => {
    expect(sources.filter((path) => !isTest(path) && layerOf(path) === undefined)).toEqual([])
  })

  it('keeps to the allow-list', () => {
    expect(sources.filter((path) => !isTest(path)).flatMap(forbidden)).toEqual([])
  })

  it('keeps the web app to the browser-safe entries', () => {
    const reached = sources
      .filter((path) => path.startsWith('apps/web') && !isTest(path))
      .flatMap((path) => importsOf(path).map((name) => `${path} -> ${name}`))
      .filter((edge) => serverOnly.some((entry) => edge.includes(`-> ${entry}`)))
    expect(reached).toEqual([])
  })

  it('leaves signal processing to packages/audio', () => {
    const found = sources
      .filter((path) => !path.startsWith('packages/audio/') && !isTest(path))
      .filter((path) => signalCode.test(readFileSync(join(root, path), 'utf8')))
    expect(found.toSorted()).toEqual(noSignals)
  })

  it('sees signal code, whatever it is for', () => {
    const lines = [
      'samples[i] = view.getInt16(2 * i, true)',
      'channel[i] = sample / 32768',
      'Math.min(32_767, sum)',
      'gain * Math.sin(phase)',
    ]
    expect(lines.filter((line) => !signalCode.test(line))).toEqual([])
    expect(signalCode.test('float32ToPcm16(resample(samples, { from, to }))')).toBe(false)
  })

  it('sees a forbidden import', () => {
    expect(violations('packages/core/src/events/x.ts', ['../session/step.ts', 'ws', 'zod'])).toEqual([
      'packages/core/src/events/x.ts -> packages/core/src/session/step.ts',
      'packages/core/src/events/x.ts -> ws',
    ])
  })

  it('keeps a backend that has no line here to its own folder and what all of them share', () => {
    const imports = [
      './capabilities.ts',
      '../address.ts',
      '../openai/capabilities.ts',
      '../../session/step.ts',
      'ws',
    ]
    expect(violations('packages/core/src/providers/new/new.ts', imports)).toEqual([
      'packages/core/src/providers/new/new.ts -> packages/core/src/providers/openai/capabilities.ts',
      'packages/core/src/providers/new/new.ts -> packages/core/src/session/step.ts',
      'packages/core/src/providers/new/new.ts -> ws',
    ])
  })
})

function forbidden(path: string): readonly string[] {
  return violations(path, importsOf(path))
}

function violations(path: string, imports: readonly string[]): readonly string[] {
  const allowed = layerOf(path) ?? []
  return imports
    .map((name) => (name.startsWith('.') ? join(dirname(path), name) : name))
    .filter((name) => !allowed.some((prefix) => isWithin(name, prefix)))
    .map((name) => `${path} -> ${name}`)
}

function layerOf(path: string): readonly string[] | undefined {
  const key = Object.keys(layers)
    .filter((prefix) => isWithin(path, prefix))
    .toSorted((a, b) => b.length - a.length)[0]
  if (key === undefined) return undefined
  const [folder, ...rest] = key === backends ? path.slice(`${backends}/`.length).split('/') : []
  return rest.length === 0 ? layers[key] : [`${backends}/${folder}`, ...webSocketBackend]
}

function isWithin(name: string, prefix: string): boolean {
  return (
    name === prefix || name.startsWith(prefix.endsWith('/') || prefix.endsWith(':') ? prefix : `${prefix}/`)
  )
}

function isTest(path: string): boolean {
  return /\.(test|test-d)\.tsx?$|\.config\.ts$|\/(e2e|__fixtures__|bench|scripts|tests)\//.test(path)
}

function importsOf(path: string): readonly string[] {
  const { module } = parseSync(path, readFileSync(join(root, path), 'utf8'))
  const names = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
    ...module.dynamicImports.flatMap(({ moduleRequest }) => {
      const text = readFileSync(join(root, path), 'utf8').slice(moduleRequest.start, moduleRequest.end)
      return /^['"].*['"]$/.test(text) ? text.slice(1, -1) : []
    }),
  ]
  return names.filter((name) => !/\.(css|json|wasm)$/.test(name))
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    // AssemblyScript has other rules for imports.
    if (entry.isDirectory())
      return /^(node_modules|dist|\.next|public|assembly)$/.test(entry.name) ? [] : filesBelow(path)
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [relative(root, path)] : []
  })
}
