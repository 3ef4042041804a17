import { copyFile, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// The listening lab fetches the weights of its detector when it is opened: a file of the page like any other.
const name = 'silero_vad_v6.onnx'
const source = dirname(fileURLToPath(import.meta.resolve('@ricky0123/vad-web')))
const folder = fileURLToPath(new URL('../public/models/', import.meta.url))

await mkdir(folder, { recursive: true })
await copyFile(join(source, name), join(folder, name))
