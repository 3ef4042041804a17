/** One message with words in it. */
export interface Turn {
  readonly role: 'user' | 'assistant'
  readonly text: string
}
