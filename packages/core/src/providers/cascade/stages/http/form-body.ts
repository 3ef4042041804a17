/** A form as the bytes and the content type of a request. */
export interface FormBody {
  readonly body: ArrayBuffer
  readonly contentType: string
}

/**
 * Writes a form as `multipart/form-data`. The bytes are whole on purpose: Node's `fetch` streams a form, and one
 * that is aborted meanwhile rejects where nobody can catch it.
 */
export async function formBody(form: FormData): Promise<FormBody> {
  const encoded = new Response(form)
  return { body: await encoded.arrayBuffer(), contentType: encoded.headers.get('content-type') ?? '' }
}
