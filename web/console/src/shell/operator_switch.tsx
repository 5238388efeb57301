import { Button, Menu, Text } from '@mantine/core'
import { useNavigate } from 'react-router'
import { useSession } from '../session/session'
import { Check, ChevronDown } from '../ui/icons'
import { useShellText } from './messages'

export function OperatorSwitch() {
  const t = useShellText()
  const navigate = useNavigate()
  const { operator, operators, switchTo } = useSession()
  if (!operator) return null
  if (operators.length === 1)
    return (
      <Text size="sm" fw={500} truncate>
        {operator.name}
      </Text>
    )
  const change = (code: string) => {
    switchTo(code)
    // What the page shows belongs to the operator before.
    navigate('/')
  }
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          h={34}
          maw={200}
          miw={0}
          rightSection={<ChevronDown size={14} />}
          aria-label={`${t('operator')}: ${operator.name}`}
        >
          {operator.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
        {operators.map(({ code, name }) => (
          <Menu.Item
            key={code}
            onClick={() => change(code)}
            rightSection={code === operator.code ? <Check size={14} /> : undefined}
            aria-current={code === operator.code || undefined}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
