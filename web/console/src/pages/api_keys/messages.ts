import { catalogue } from '../../i18n/catalogue'

export const useKeyText = catalogue({
  en: {
    title: 'API keys', new: 'New key', name: 'Name', name_hint: 'What uses it: a program, a portal.', role: 'Role', role_viewer: 'viewer: reads everything', role_clerk: 'clerk: sells, bills, records payments', role_owner: 'owner: changes everything', operator: 'Operator', all: 'all operators', created_at: 'Since', state: 'State', in_use: 'in use', revoked: 'revoked', revoke: 'Revoke', revoke_about: 'Whatever uses “{name}” is refused from now on.', revoke_done: 'The key is revoked.', create: 'Create', created: 'The key is there.', name_missing: 'It needs a name.', key_title: 'The new key', key_about: 'It is shown once: copy it now.', close: 'Close', none: 'No keys', none_hint: 'A program that uses the API needs a key of its own, with no greater role than it needs.', actions: 'Actions', short_viewer: 'viewer', short_clerk: 'clerk', short_owner: 'owner',
  },
  es: {
    title: 'Claves de API', new: 'Nueva clave', name: 'Nombre', name_hint: 'Qué la usa: un programa, un portal.', role: 'Función', role_viewer: 'consulta: lee todo', role_clerk: 'gestor: vende, factura, registra pagos', role_owner: 'propietario: cambia todo', operator: 'Operador', all: 'todos los operadores', created_at: 'Desde', state: 'Estado', in_use: 'en uso', revoked: 'revocada', revoke: 'Revocar', revoke_about: 'Lo que use «{name}» será rechazado desde ahora.', revoke_done: 'La clave está revocada.', create: 'Crear', created: 'La clave está creada.', name_missing: 'Necesita un nombre.', key_title: 'La clave nueva', key_about: 'Se muestra una vez: cópiela ahora.', close: 'Cerrar', none: 'No hay claves', none_hint: 'Un programa que usa la API necesita su propia clave, con la función justa.', actions: 'Acciones', short_viewer: 'consulta', short_clerk: 'gestor', short_owner: 'propietario',
  },
})
