import { RealtimeError } from '../../errors.ts'

/** Hears bytes so far, and in total where that is known. */
export type OnProgress = (progress: { readonly received: number; readonly total: number | undefined }) => void

/** The text of a response; `onProgress` hears each piece as it comes. */
export async function readWithProgress(response: Response, onProgress: OnProgress): Promise<string> {
  const total = totalOf(response.headers)
  const decoder = new TextDecoder()
  let received = 0
  let text = ''
  try {
    for await (const piece of response.body ?? []) {
      received += piece.byteLength
      text += decoder.decode(piece, { stream: true })
      onProgress({ received, total })
    }
  } catch (error) {
    throw new RealtimeError('backend_unavailable', 'The download broke off.', { cause: error })
  }
  return text + decoder.decode()
}

/** The header counts packed bytes, we count unpacked ones. */
function totalOf(headers: Headers): number | undefined {
  const length = Number(headers.get('content-length') ?? Number.NaN)
  return headers.has('content-encoding') || !Number.isFinite(length) ? undefined : length
}
