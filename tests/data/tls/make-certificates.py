#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the certificates of this folder anew. Needs python3-cryptography; tests do not.

Everything here is test material: the keys are public by being here, so nobody may trust them.
"""
import datetime
import ipaddress
import pathlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HERE = pathlib.Path(__file__).resolve().parent
LOOPBACK = [x509.DNSName('localhost'), x509.IPAddress(ipaddress.ip_address('127.0.0.1'))]
ALWAYS = (2020, 2099)


def name_of(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f'Shanye test material: {text}')])


def make(text, issuer=None, names=(), years=ALWAYS, authority=False):
    """Returns (certificate, key); without an issuer it signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    signer, signing_key = (issuer[0].subject, issuer[1]) if issuer else (name_of(text), key)
    builder = (x509.CertificateBuilder()
               .subject_name(name_of(text)).issuer_name(signer).public_key(key.public_key())
               .serial_number(x509.random_serial_number())
               .not_valid_before(datetime.datetime(years[0], 1, 1))
               .not_valid_after(datetime.datetime(years[1], 1, 1))
               .add_extension(x509.BasicConstraints(authority, None), critical=True))
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(signing_key, hashes.SHA256()), key


def write(name, *certificates, key=None):
    parts = [c.public_bytes(serialization.Encoding.PEM) for c in certificates]
    if key:
        parts.append(key.private_bytes(serialization.Encoding.PEM,
                                       serialization.PrivateFormat.PKCS8,
                                       serialization.NoEncryption()))
    (HERE / name).write_bytes(b''.join(parts))


def main():
    root = make('authority', authority=True)
    middle = make('authority in between', issuer=root, authority=True)
    good = make('server', issuer=middle, names=LOOPBACK)
    own = make('server that signs itself', names=LOOPBACK)
    expired = make('server of the past', issuer=root, names=LOOPBACK, years=(2000, 2001))
    other = make('server of another name', issuer=root, names=[x509.DNSName('example.invalid')])
    write('authority.pem', root[0])
    write('good.pem', good[0], middle[0], key=good[1])
    write('chain.pem', good[0], key=good[1])
    write('self.pem', own[0], key=own[1])
    write('expired.pem', expired[0], key=expired[1])
    write('host.pem', other[0], key=other[1])


main()
