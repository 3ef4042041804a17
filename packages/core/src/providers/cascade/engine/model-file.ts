import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'

/** A model file with the hash it must have; `undefined` = checked by the model store when it was downloaded. */
export interface ModelFile {
  readonly path: string
  readonly sha256: string | undefined
}

/** Reads a model file and checks it, so that a damaged or exchanged file never becomes an engine. */
export async function readModelFile(file: ModelFile): Promise<Uint8Array> {
  const bytes = await readFile(file.path)
  if (file.sha256 !== undefined) {
    const actual = createHash('sha256').update(bytes).digest('hex')
    if (actual !== file.sha256)
      throw new Error(`The model file ${file.path} has sha256 ${actual}, not ${file.sha256}.`)
  }
  return bytes
}
