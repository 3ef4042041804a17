'use client'

import { Dialog } from '@base-ui/react/dialog'
import { Fragment, type JSX, type RefObject } from 'react'
import { Icon } from '../components/icons.tsx'
import { useStore } from '../components/use-store.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { keyName, type Shortcut } from './shortcut.ts'
import { keepSingleKeys, singleKeys } from './single-keys.ts'

/** The keys of this view and of every view. */
export function KeyMap(props: {
  readonly shortcuts: readonly Shortcut[]
  readonly note: string | undefined
  readonly trigger: RefObject<HTMLButtonElement | null>
  readonly onClose: () => void
}): JSX.Element {
  const { text } = usePreferences()
  const { keys } = text.shell
  const isOn = useStore(singleKeys)
  return (
    <Dialog.Root open onOpenChange={(open) => !open && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog keys" finalFocus={props.trigger} data-testid="key-map">
          <div className="dialog-head">
            <Dialog.Title render={<h2 />}>{keys.title}</Dialog.Title>
            <Dialog.Close className="quiet-button square" aria-label={keys.close}>
              <Icon name="close" size={18} />
            </Dialog.Close>
          </div>
          <div className="dialog-body">
            {props.shortcuts.length > 0 && <KeyList title={keys.here} shortcuts={props.shortcuts} />}
            {props.note !== undefined && <p className="field-hint">{props.note}</p>}
            <KeyList
              title={keys.everywhere}
              shortcuts={[
                { keys: ['?'], does: keys.showThis },
                { keys: ['tab'], does: keys.nextPart },
                { keys: ['escape'], does: keys.closeDialog },
              ]}
            />
            <label className="check keys-single">
              <input
                type="checkbox"
                checked={isOn}
                onChange={({ target }) => keepSingleKeys(target.checked)}
              />
              {keys.single}
            </label>
            <p className="field-hint">{keys.singleHint}</p>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function KeyList(props: { readonly title: string; readonly shortcuts: readonly Shortcut[] }): JSX.Element {
  const { names } = usePreferences().text.shell.keys
  return (
    <section>
      <h3>{props.title}</h3>
      <dl className="key-list">
        {props.shortcuts.map(({ keys, does }) => (
          <div key={keys.join(' ')}>
            <dt>
              {keys.map((key, place) => (
                <Fragment key={key}>
                  {place > 0 && ' + '}
                  <kbd>{keyName(key, names)}</kbd>
                </Fragment>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
