/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Every method that a client may get, the channel on which and the steps in
 * which it may come.  Whatever is not here closes the link before the codec
 * has touched it.  What comes most often stands first.
 */

#include "bus/link_impl.h"

#define PUB LINK_PUBLISHER
#define CON LINK_CONSUMER

const link_method_t link_methods[] = {

    /* method id                     channel  from           to             handler */
    { AMQP_BASIC_ACK_METHOD,             PUB, LINK_READY,    LINK_CLOSING,  on_ack },
    { AMQP_BASIC_DELIVER_METHOD,         CON, LINK_READY,    LINK_CLOSING,  on_deliver },
    { AMQP_BASIC_NACK_METHOD,            PUB, LINK_READY,    LINK_CLOSING,  on_nack },
    { AMQP_BASIC_RETURN_METHOD,          PUB, LINK_READY,    LINK_CLOSING,  on_return },
    { AMQP_BASIC_CONSUME_OK_METHOD,      CON, LINK_READY,    LINK_CLOSING,  on_consume_ok },
    { AMQP_BASIC_CANCEL_OK_METHOD,       CON, LINK_READY,    LINK_CLOSING,  on_cancel_ok },
    { AMQP_BASIC_CANCEL_METHOD,          CON, LINK_READY,    LINK_CLOSING,  on_cancel },

    { AMQP_CONNECTION_START_METHOD,        0, LINK_HEADER,   LINK_HEADER,   on_start },
    { AMQP_CONNECTION_SECURE_METHOD,       0, LINK_TUNING,   LINK_TUNING,   on_secure },
    { AMQP_CONNECTION_TUNE_METHOD,         0, LINK_TUNING,   LINK_TUNING,   on_tune },
    { AMQP_CONNECTION_OPEN_OK_METHOD,      0, LINK_OPENED,   LINK_OPENED,   on_open_ok },
    { AMQP_CHANNEL_OPEN_OK_METHOD,       PUB, LINK_CHANNELS, LINK_CHANNELS, on_publisher_open },
    { AMQP_CHANNEL_OPEN_OK_METHOD,       CON, LINK_CHANNELS, LINK_CHANNELS, on_consumer_open },
    { AMQP_CONFIRM_SELECT_OK_METHOD,     PUB, LINK_CHANNELS, LINK_CHANNELS, on_confirm_ok },
    { AMQP_BASIC_QOS_OK_METHOD,          CON, LINK_CHANNELS, LINK_CHANNELS, on_qos_ok },

    { AMQP_CONNECTION_BLOCKED_METHOD,      0, LINK_CHANNELS, LINK_CLOSING,  on_blocked },
    { AMQP_CONNECTION_UNBLOCKED_METHOD,    0, LINK_CHANNELS, LINK_CLOSING,  on_unblocked },
    { AMQP_CHANNEL_CLOSE_METHOD,         PUB, LINK_CHANNELS, LINK_CLOSING,  on_channel_close },
    { AMQP_CHANNEL_CLOSE_METHOD,         CON, LINK_CHANNELS, LINK_CLOSING,  on_channel_close },
    { AMQP_CONNECTION_CLOSE_METHOD,        0, LINK_HEADER,   LINK_CLOSING,  on_connection_close },
    { AMQP_CONNECTION_CLOSE_OK_METHOD,     0, LINK_CLOSING,  LINK_CLOSING,  on_connection_close_ok },

    { 0, 0, LINK_DOWN, LINK_DOWN, NULL },
};
