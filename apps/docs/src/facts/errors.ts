/** When each error code appears; the codes and their numbers are read from the code. */
export const errorMeanings: Readonly<Record<string, string>> = {
  invalid_event: 'A frame is no event of the dialect: not JSON, no type, an unknown type, a missing field.',
  invalid_value: 'A field has a value that cannot be.',
  unknown_parameter: 'A field nobody knows.',
  missing_required_parameter: 'A field that is needed is missing.',
  session_expired:
    'The gateway shuts down and could not wait for the end of the turn. Connect again with the conversation to go on. A backend’s own limit does not end a session: another one takes over.',
  conversation_already_has_active_response: 'A response was asked for while another one is being given.',
  response_cancel_not_active: 'There is no response to cancel.',
  input_audio_buffer_commit_empty: 'Less than 100 ms of sound were committed.',
  item_truncate_invalid_item_id: 'There is no such item to cut.',
  item_delete_invalid_item_id: 'There is no such item to delete.',
  item_retrieve_invalid_item_id: 'There is no such item to read.',
  cannot_update_voice:
    'The backend has spoken already and keeps its voice, and a new session of it could not be told what was said.',
  invalid_api_key: 'The key is missing or wrong, here or at the backend.',
  model_not_found: 'Nobody has such a backend or model.',
  rate_limit_exceeded: 'Too many requests or sessions at once.',
  insufficient_quota: 'The account of the backend has nothing left.',
  unsupported: 'The backend, or Parley, cannot do this; param names what.',
  origin_not_allowed: 'A web page of another origin, which PARLEY_ALLOWED_ORIGINS does not name.',
  not_found:
    'There is nothing at this address or with this id. With param resume: the session is over or not yours; connect anew with conversation=<id>. With param after: what its client lacks is kept no more; do the same.',
  conversation_in_use:
    'Another session has taken this conversation, or the one that has it does not end in time.',
  revision_conflict: 'The conversation was changed by somebody else, or exists already.',
  store_unavailable:
    'Conversations cannot be read, or too much waits to be written: what is said now is not stored.',
  buffer_overflow:
    'One side reads too slowly, or was away for too much, and the limit of waiting bytes was reached.',
  backend_unavailable:
    'No backend of the session can be reached, after all tries. In an answer that failed: the backend was lost in the middle of it.',
  engine_failed: 'An engine of the local backend failed.',
  model_not_downloaded: 'A language or voice needs a download first.',
  download_failed: 'A download broke off; the next try goes on where it ended.',
  internal_error: 'Something inside Parley went wrong. The log has the cause.',
}
