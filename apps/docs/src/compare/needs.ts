import { factsOf } from '../facts/backends/index.ts'
import type { ReferenceBackend } from '../reference/reference.ts'
import type { Words } from '../site/language.ts'

/** Something a person may need of a backend. */
export interface Need {
  /** Name in the address. */
  readonly id: string
  readonly words: Words
  readonly isMet: (backend: ReferenceBackend) => boolean
}

const manyVoices = 20

/** What the table can be narrowed by. */
export const needs: readonly Need[] = [
  {
    id: 'german',
    words: { en: 'German', de: 'Deutsch' },
    isMet: ({ capabilities }) => capabilities.languages.includes('de'),
  },
  {
    id: 'functions',
    words: { en: 'Calls functions', de: 'Ruft Funktionen' },
    isMet: ({ capabilities }) => capabilities.tools.includes('function'),
  },
  {
    id: 'mcp',
    words: { en: 'Uses MCP servers', de: 'Nutzt MCP-Server' },
    isMet: ({ capabilities }) => capabilities.tools.includes('mcp'),
  },
  {
    id: 'own-model',
    words: { en: 'Own model', de: 'Eigenes Modell' },
    isMet: ({ name }) => factsOf(name).ownModel !== 'no',
  },
  {
    id: 'no-cloud',
    words: { en: 'No cloud', de: 'Keine Cloud' },
    isMet: ({ name }) => ['this-machine', 'your-server'].includes(factsOf(name).place),
  },
  {
    id: 'memory',
    words: { en: 'Memory inside the backend', de: 'Gedächtnis im Backend' },
    isMet: ({ name }) => factsOf(name).memoryInside,
  },
  {
    id: 'voices',
    words: { en: `More than ${manyVoices} voices`, de: `Mehr als ${manyVoices} Stimmen` },
    isMet: ({ capabilities: { voices, sessionExtensions } }) =>
      voices.length > manyVoices || sessionExtensions.includes('voice'),
  },
  {
    id: 'images',
    words: { en: 'Looks at images', de: 'Sieht Bilder' },
    isMet: ({ capabilities }) => capabilities.inputModalities.includes('image'),
  },
  {
    id: 'video',
    words: { en: 'Video (avatar)', de: 'Video (Avatar)' },
    isMet: ({ capabilities }) => capabilities.sessionExtensions.includes('avatar'),
  },
  {
    id: 'phone',
    words: { en: 'Telephone sound (G.711)', de: 'Telefonton (G.711)' },
    isMet: ({ capabilities }) => capabilities.inputFormats.includes('pcmu 8000'),
  },
  {
    id: 'semantic',
    words: { en: 'Judges by words when you are done', de: 'Erkennt am Gesagten, ob Sie fertig sind' },
    isMet: ({ capabilities }) => capabilities.turnDetection.includes('semantic_vad'),
  },
  {
    id: 'endless',
    words: { en: 'Never has to begin anew', de: 'Muss nie neu beginnen' },
    isMet: ({ capabilities }) => capabilities.sessionLimitMinutes === null,
  },
  {
    id: 'price',
    words: { en: 'Price known', de: 'Preis bekannt' },
    isMet: ({ capabilities }) => capabilities.priceKind !== 'unknown',
  },
]

/** Ids of the needs a backend meets. */
export function metNeeds(backend: ReferenceBackend): readonly string[] {
  return needs.filter(({ isMet }) => isMet(backend)).map(({ id }) => id)
}
