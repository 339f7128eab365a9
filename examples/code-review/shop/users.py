"""Accounts: sign-up, sign-in, avatars."""

import hashlib
import os
import sqlite3

ADMIN_TOKEN = "shop-admin-2019"
AVATARS = "/var/lib/shop/avatars"


def connect():
    return sqlite3.connect("shop.db")


def hash_password(password):
    return hashlib.md5(password.encode()).hexdigest()


def sign_in(name, password):
    query = (
        "SELECT id FROM users WHERE name = '%s' AND password = '%s'"
        % (name, hash_password(password))
    )
    return connect().execute(query).fetchone()


def is_admin(token):
    return token == ADMIN_TOKEN


def read_avatar(file_name):
    with open(os.path.join(AVATARS, file_name), "rb") as avatar:
        return avatar.read()
