import { Text } from '@mantine/core'
import { Link } from 'react-router'
import classes from './frame.module.css'

export function Mark({ size = 24 }: { size?: number }) {
  return <img src={`${import.meta.env.BASE_URL}favicon.svg`} width={size} height={size} alt="" />
}

export function Brand() {
  return (
    <Link to="/" className={classes.brand} aria-label="Sluice">
      <Mark />
      <Text span inherit visibleFrom="md">
        Sluice
      </Text>
    </Link>
  )
}
