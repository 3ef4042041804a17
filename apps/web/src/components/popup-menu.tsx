'use client'

import { Menu } from '@base-ui/react/menu'
import { useRef, type JSX, type RefObject } from 'react'

/** One thing that can be done. */
export interface MenuAction {
  readonly label: string
  readonly testId: string
  readonly isDanger?: boolean
  readonly act: () => void
}

/** A menu below a button. */
export function PopupMenu(props: {
  readonly actions: readonly MenuAction[]
  readonly anchor: RefObject<HTMLButtonElement | null>
  readonly isOpen: boolean
  readonly onClose: () => void
}): JSX.Element {
  const { actions, anchor, isOpen, onClose } = props
  const first = useRef<HTMLDivElement>(null)
  return (
    <Menu.Root
      open={isOpen}
      modal={false}
      onOpenChange={(open) => !open && onClose()}
      // The button is not the menu's own, so the menu cannot know that a key has opened it.
      onOpenChangeComplete={(open) => open && first.current?.focus()}
    >
      <Menu.Portal>
        <Menu.Positioner className="menu-place" anchor={anchor} align="end" sideOffset={4}>
          <Menu.Popup className="menu" finalFocus={anchor}>
            {actions.map(({ label, testId, isDanger, act }, place) => (
              <Menu.Item
                key={testId}
                ref={place === 0 ? first : undefined}
                className={isDanger ? 'menu-item menu-danger' : 'menu-item'}
                data-testid={testId}
                onClick={act}
              >
                {label}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
