import { readFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { describe, expect, it } from 'vitest'
import * as core from './index.ts'

const statement =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/g

/** Modules that are loaded with one: all it names but for types. */
async function importsOf(file: URL): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8')
  return [...text.matchAll(statement)]
    .filter(([, type]) => !type)
    .map(([, , name, lazy]) => name ?? lazy ?? '')
}

/** All that is loaded with the entry, packages by name and files by URL. */
async function loadedWith(file: URL, seen = new Set<string>()): Promise<ReadonlySet<string>> {
  if (seen.has(file.href)) return seen
  seen.add(file.href)
  for (const name of await importsOf(file)) {
    if (name.startsWith('.')) await loadedWith(new URL(name, file), seen)
    else seen.add(name)
  }
  return seen
}

describe('the entry of core', () => {
  it('loads in a browser: nothing of Node and no ws', async () => {
    const loaded = [...(await loadedWith(new URL('index.ts', import.meta.url)))]
    const files = loaded.filter((name) => name.startsWith('file:'))
    const packages = loaded.filter((name) => !name.startsWith('file:'))
    expect(files.length).toBeGreaterThan(15)
    expect(packages.filter((name) => isBuiltin(name))).toEqual([])
    expect(packages.toSorted()).toEqual(['@parley/audio', 'zod'])
  })

  it('sees what node-socket loads', async () => {
    const loaded = await loadedWith(new URL('channel/node-socket.ts', import.meta.url))
    expect(loaded).toContain('ws')
  })

  it('offers what its users build on', () => {
    expect(Object.keys(core)).toEqual(
      expect.arrayContaining([
        'AudioPayload',
        'ClientEvent',
        'RealtimeError',
        'createChannelPair',
        'openaiGa',
        'webSocketChannel',
      ]),
    )
  })
})
