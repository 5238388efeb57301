# A mail server on this machine, as aiosmtpd has it: STARTTLS is required, and so is a login. What comes is printed as JSON, one
# message a line, as Python's own reader of e-mail understands it.
# smtp_server.py CERTIFICATE KEY: prints its port first. To "later@…" it answers 451 the first time, to "never@…" 550.
import asyncio
import json
import ssl
import sys
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Handler:
    put_off = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith('never@'):
            return '550 5.1.1 there is nobody of that name'
        if address.startswith('later@') and address not in self.put_off:
            self.put_off.add(address)
            return '451 4.7.1 come again later'
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.content, policy=policy.default)
        print(json.dumps({
            'from': envelope.mail_from,
            'to': envelope.rcpt_tos,
            'tls': session.ssl is not None,
            'login': session.auth_data.decode() if session.auth_data else None,
            'defects': [str(one) for one in message.defects],
            'headers': {name: str(value) for name, value in message.items()},
            'body': message.get_content().replace('\r\n', '\n'),
        }), flush=True)
        return '250 OK'


def authenticate(server, session, envelope, mechanism, data):
    good = data.login == b'metro' and data.password == b's3cret'
    return AuthResult(success=good, handled=False, auth_data=data.login)


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
controller = Controller(Handler(), hostname='127.0.0.1', port=0, tls_context=context, require_starttls=True,
                        auth_required=True, authenticator=authenticate)
# Port 0 is any free one; the controller would try to connect to 0 itself.
loop = asyncio.new_event_loop()
server = loop.run_until_complete(loop.create_server(controller._factory_invoker, host='127.0.0.1', port=0))
print(server.sockets[0].getsockname()[1], flush=True)
loop.run_forever()
