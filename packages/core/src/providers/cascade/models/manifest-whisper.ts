import type { ModelEntry, ModelFileEntry } from './manifest.ts'

/** All multilingual sizes share the vocabulary and the rules of decoding of the base model. */
const sharedFiles: readonly ModelFileEntry[] = [
  {
    path: 'vocab.json',
    url: 'onnx-community/whisper-base/resolve/main/vocab.json',
    size: 1_036_584,
    sha256: '50d6a919f0a0601d56a04eb583c780d18553aa388254ba3158eb6a00f13e2c1a',
  },
  {
    path: 'generation_config.json',
    url: 'onnx-community/whisper-base/resolve/main/generation_config.json',
    size: 3_832,
    sha256: '61070cf8de25b1e9256e8e102ded49d8d24a8369ed36ef84fdf21549e68125a0',
  },
]

const languages = [
  'de',
  'en',
  'es',
  'fr',
  'it',
  'nl',
  'pt',
  'pl',
  'ru',
  'uk',
  'tr',
  'sv',
  'da',
  'no',
  'fi',
  'cs',
  'ja',
  'ko',
  'zh',
]

type Weights = Pick<ModelFileEntry, 'size' | 'sha256'>

function whisperModel(name: 'base' | 'small', title: string, encoder: Weights, decoder: Weights): ModelEntry {
  const files: readonly ModelFileEntry[] = [
    ...sharedFiles,
    {
      path: 'encoder.onnx',
      url: `onnx-community/whisper-${name}/resolve/main/onnx/encoder_model_quantized.onnx`,
      ...encoder,
    },
    {
      path: 'decoder.onnx',
      url: `onnx-community/whisper-${name}/resolve/main/onnx/decoder_model_merged_quantized.onnx`,
      ...decoder,
    },
  ]
  return {
    id: `whisper-${name}`,
    title,
    purpose: 'recognition',
    languages,
    // The weights' own card says Apache-2.0; the code they were published with is MIT.
    licence: 'Apache-2.0',
    source: `https://huggingface.co/onnx-community/whisper-${name}`,
    totalBytes: files.reduce((sum, file) => sum + (file.size ?? 0), 0),
    files,
  }
}

/** OpenAI's multilingual Whisper as ONNX with int8 weights. */
export const whisperModels: readonly ModelEntry[] = [
  whisperModel(
    'base',
    'German and 18 more languages (Whisper base)',
    { size: 23_201_314, sha256: '5862993336bf33acd23736071aae2b32261d3b1b2f37780194460d4ef974dd46' },
    { size: 53_693_315, sha256: 'fa3ef9902734ce5ae6f9ef2bdb2ba9a6c4b5785b09f4f420ce036573dc9d090b' },
  ),
  whisperModel(
    'small',
    'German and 18 more languages, fewer errors, slower (Whisper small)',
    { size: 92_326_160, sha256: 'a43a83f3c5361cd591cfa7c36f14b43cf7cb22f47a415cc14a8d557be800fa92' },
    { size: 156_750_845, sha256: 'ec07c3cbb64172c39791e26ee870a65ac22b458c36722bfe2776b3dbf741e0c9' },
  ),
]
