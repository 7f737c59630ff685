#!/bin/sh
# Ends what its parent leaves behind. It reads one order a line; when its input ends, the parent is gone (or is done), and
# whatever is still watched gets its signal, then SIGKILL: first the programs (after three seconds: they lose nothing by a
# kill), then the servers they use (after ten: they flush to disk).
#   program SIGNAL PID   end this process too; -PID: the whole process group
#   server SIGNAL PID    the same, after the programs
#   forget PID           it has ended by itself
#   discard FOLDER       remove this folder once everything has ended
#   keep FOLDER          do not remove it after all
trap '' INT TERM HUP QUIT

programs=''
servers=''
discarded=''
newline='
'

# Runs, and is not merely a dead child nobody has asked about yet.
runs() {
  kill -s 0 -- "$1" 2>/dev/null || return 1
  if [ -r "/proc/$1/stat" ]; then
    read -r _ _ state _ <"/proc/$1/stat" 2>/dev/null || return 1
    [ "$state" != Z ]
  fi
}

without() { # LIST SUBJECT: the lines of LIST about anything else
  printf '%s' "$1" | while IFS= read -r line; do
    [ "${line#* }" = "$2" ] || printf '%s\n' "$line"
  done
}

end_all() { # TENTHS-OF-A-SECOND LIST, each line of which is "SIGNAL PID"
  pids=''
  while read -r signal pid; do
    [ -n "$pid" ] || continue
    kill -s "$signal" -- "$pid" 2>/dev/null && pids="$pids $pid"
  done <<END
$2
END
  left=$pids
  tenths=0
  while [ -n "$left" ] && [ "$tenths" -lt "$1" ]; do
    left=''
    for pid in $pids; do runs "$pid" && left="$left $pid"; done
    [ -z "$left" ] || sleep 0.1
    tenths=$((tenths + 1))
  done
  for pid in $left; do kill -s KILL -- "$pid" 2>/dev/null; done
}

while IFS= read -r order; do
  subject=${order#* }
  case $order in
    'program '*) programs="$subject$newline$programs" ;;
    'server '*) servers="$subject$newline$servers" ;;
    'forget '*)
      programs="$(without "$programs" "$subject")$newline"
      servers="$(without "$servers" "$subject")$newline"
      ;;
    'discard '*) discarded="- $subject$newline$discarded" ;;
    'keep '*) discarded="$(without "$discarded" "$subject")$newline" ;;
  esac
done

end_all 30 "$programs"
end_all 100 "$servers"
while IFS= read -r line; do
  [ -n "$line" ] && rm -rf -- "${line#- }"
done <<END
$discarded
END
exit 0
