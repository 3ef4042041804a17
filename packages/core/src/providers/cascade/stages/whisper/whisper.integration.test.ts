import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it, onTestFinished } from 'vitest'

import { whisperModels } from '../../models/manifest-whisper.ts'
import { createModelStore, type ModelStore } from '../../models/model-store.ts'
import { runtimes } from '../__fixtures__/runtimes.ts'
import { type GraphValue, onnxFile } from './__fixtures__/onnx-graph.ts'
import { whisperStt } from './whisper.ts'

const forever = new AbortController().signal
const second = { samples: new Float32Array(16_000).fill(0.1), sampleRate: 16_000 }
const german = { language: 'de-AT', speculative: false, signal: forever } as const

const vocabulary = ['Gr', 'Ã¼', 'ÃŁ', 'Ġdich', '.', 'Hello', '[noise]', 'Ġ'] as const
const [gr, ue, eszett, dich, dot, hello, noise, blank] = vocabulary.map(
  (_, index) => index,
) as readonly number[] as [number, number, number, number, number, number, number, number]
const end = vocabulary.length
const [start, de, en, transcribe, noTimestamps] = [end + 1, end + 2, end + 3, end + 4, end + 5] as const
const vocabularySize = end + 6

const generationConfig = {
  decoder_start_token_id: start,
  eos_token_id: end,
  task_to_id: { transcribe, translate: 99 },
  no_timestamps_token_id: noTimestamps,
  lang_to_id: { '<|de|>': de, '<|en|>': en },
  suppress_tokens: [noise],
  begin_suppress_tokens: [blank, end],
}

/** A decoder that looks only at the token before: its likings, from most to least. */
const likings: Readonly<Record<number, readonly number[]>> = {
  [start]: [hello, de, en],
  [noTimestamps]: [end, blank, noise, gr],
  [gr]: [ue],
  [ue]: [transcribe, noise, eszett],
  [eszett]: [dich],
  [dich]: [dot],
  [dot]: [end],
}

const heads = 8
const layers = ['decoder.key', 'decoder.value', 'encoder.key', 'encoder.value']

function decoderFile(): Uint8Array {
  const table = new Float32Array(vocabularySize * vocabularySize)
  for (const [token, liked] of Object.entries(likings)) {
    liked.forEach((next, rank) => (table[Number(token) * vocabularySize + next] = 20 - 5 * rank))
  }
  const cache = (name: string): GraphValue[] =>
    layers.map((layer) => ({ name: `${name}.0.${layer}`, type: 'float', shape: [1, heads, 'past', 64] }))
  return onnxFile({
    inputs: [
      { name: 'input_ids', type: 'int64', shape: [1, 'sequence'] },
      { name: 'encoder_hidden_states', type: 'float', shape: [1, 'frames', 1] },
      ...cache('past_key_values'),
      { name: 'use_cache_branch', type: 'bool', shape: [1] },
    ],
    outputs: [{ name: 'logits', type: 'float', shape: [1, 'sequence', vocabularySize] }, ...cache('present')],
    nodes: [
      { op: 'Gather', inputs: ['table', 'input_ids'], outputs: ['logits'] },
      ...layers.map((layer) => ({
        op: 'Identity',
        inputs: [`past_key_values.0.${layer}`],
        outputs: [`present.0.${layer}`],
      })),
    ],
    constants: [{ name: 'table', shape: [vocabularySize, vocabularySize], values: table }],
  })
}

function encoderFile(): Uint8Array {
  return onnxFile({
    inputs: [{ name: 'input_features', type: 'float', shape: [1, 80, 3_000] }],
    outputs: [{ name: 'last_hidden_state', type: 'float', shape: [1, 240_000, 1] }],
    nodes: [{ op: 'Reshape', inputs: ['input_features', 'shape'], outputs: ['last_hidden_state'] }],
    constants: [{ name: 'shape', shape: [3], values: BigInt64Array.of(1n, 240_000n, 1n) }],
  })
}

const contents: Readonly<Record<string, Uint8Array>> = {
  'vocab.json': Buffer.from(
    JSON.stringify(Object.fromEntries(vocabulary.map((token, index) => [token, index]))),
  ),
  'generation_config.json': Buffer.from(JSON.stringify(generationConfig)),
  'encoder.onnx': encoderFile(),
  'decoder.onnx': decoderFile(),
}

/** The model store of a machine whose hub serves the tiny model under the real addresses. */
async function storeWithHub(): Promise<ModelStore> {
  const [base] = whisperModels
  if (base === undefined) throw new Error('no model')
  const files = base.files.map((file) => {
    const bytes = contents[file.path] ?? new Uint8Array()
    return { ...file, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
  })
  const server = createServer((request, response) => {
    const file = files.find(({ url }) => request.url === `/${url}`)
    if (file === undefined) response.writeHead(404).end()
    else response.end(contents[file.path])
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const directory = mkdtempSync(join(tmpdir(), 'parley-whisper-'))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
    rmSync(directory, { recursive: true })
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no address')
  return createModelStore({
    directory,
    hubUrl: `http://127.0.0.1:${address.port}`,
    models: [{ ...base, files }],
  })
}

describe.each(runtimes)('Whisper on the %s runtime', (inference) => {
  it('asks for its download, and recognises once it is there', async () => {
    const models = await storeWithHub()
    await using stt = whisperStt({ models, inference })
    await expect(stt.transcribe(second, german)).rejects.toMatchObject({
      code: 'model_not_downloaded',
      message: expect.stringContaining('whisper-base'),
    })
    await models.download('whisper-base')
    await stt.warm()
    const transcript = await stt.transcribe(second, german)
    expect(transcript).toMatchObject({ text: 'Grüß dich.', language: 'de' })
    expect(transcript.confidence).toBeGreaterThan(-0.1)
  })

  it('finds the language when none is given', async () => {
    const models = await storeWithHub()
    await models.download('whisper-base')
    await using stt = whisperStt({ models, inference })
    expect(await stt.transcribe(second, { ...german, language: undefined })).toMatchObject({ language: 'de' })
  })
})
