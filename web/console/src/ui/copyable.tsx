import { CopyButton, UnstyledButton } from '@mantine/core'
import { Check, Copy } from './icons'
import { useCopyText } from './messages'
import classes from './copyable.module.css'

// A code or a number that is wanted elsewhere: on the phone, in a mail.
export function Copyable({ value }: { value: string }) {
  const t = useCopyText()
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <span className={classes.root}>
          <span className={classes.value} dir="ltr">{value}</span>
          <UnstyledButton className={classes.button} onClick={copy} aria-label={t(copied ? 'copied' : 'copy', { value })}>
            {copied ? <Check size={13} /> : <Copy size={13} />}
          </UnstyledButton>
        </span>
      )}
    </CopyButton>
  )
}
